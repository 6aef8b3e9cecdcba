#pragma once
#include "caller.h"
#include "problem.h"

#include <stddef.h>

/* Files of drafts and requests. They lie in the database in pieces; their type is found in their content. */

/* A file that was asked for: what it is, and where its content is. file_done frees it. */
struct file { char id[37], type[32]; char *name; size_t size; };
#define AUTO_FILE __attribute__((cleanup(file_done)))
void file_done(struct file *file);


/* Puts a file into the caller's draft, which is made where there is none. *ret_json is what the contract shows of it; the caller frees it. The field
 * `file` is refused by `empty`, by `content` where it is not of a type taken or its name says another one, by `range` where the files of the
 * draft are too many or too large together. */
bool file_add(const struct caller *caller, const char *service, const char *name, const void *bytes, size_t size, char **ret_json,
              struct problem *reterr);

/* Takes it out of the draft. PROBLEM_NOT_FOUND where it is not in there. */
bool file_remove(const struct caller *caller, const char *service, const char *file, struct problem *reterr);

/* Finds a file: of the caller's draft for a service, of the caller's request, of a request to the caller's desk. PROBLEM_NOT_FOUND otherwise. */
bool file_of_draft(const struct caller *caller, const char *service, const char *file, struct file *ret_file, struct problem *reterr);
bool file_of_request(const struct caller *caller, const char *request, const char *file, struct file *ret_file, struct problem *reterr);
bool file_of_desk(const struct caller *caller, const char *request, const char *file, struct file *ret_file, struct problem *reterr);

/* The piece of its content that holds a byte, in a buffer of FILE_PIECE bytes; *ret_size: how much of it there is. Pieces begin at multiples of
 * FILE_PIECE. No connection is held from one to the next. PROBLEM_NOT_FOUND where the file has gone meanwhile. */
enum { FILE_PIECE = 1024 * 1024 };
bool file_piece(const struct file *file, size_t at, char *to, size_t *ret_size, struct problem *reterr);
