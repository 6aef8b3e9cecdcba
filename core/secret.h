#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Secrets: made by the kernel's generator, stored by their SHA-256 alone. */

enum { SECRET_ROOM = 44, SECRET_HASH_ROOM = 65, ONE_TIME_PASSWORD_ROOM = 40 };

/* Bytes from the kernel's generator. Ends the program where it has none: a guessable secret would be worse. */
void random_bytes(unsigned char *at, size_t n);

/* 256 random bits as base64url: 43 characters. Ends the program where the kernel has no randomness. */
void secret_new(char ret_secret[SECRET_ROOM]);

/* SHA-256 as 64 lower-case hexadecimal digits. */
void secret_hash(const char *secret, char ret_hash[SECRET_HASH_ROOM]);

/* 128 random bits for people to type or copy: 26 characters of Crockford's base32 in groups of four. */
void one_time_password_new(char ret_password[ONE_TIME_PASSWORD_ROOM]);

/* The hash of a one-time password as a person typed it: upper and lower case are the same, O is 0, I and L are 1, hyphens and blanks
 * say nothing. */
void one_time_password_hash(const char *typed, char ret_hash[SECRET_HASH_ROOM]);
