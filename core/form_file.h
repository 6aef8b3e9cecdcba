#pragma once
#include "problem.h"

enum { FORM_FILE_BYTES = 256 * 1024 };

/* A form (form.h) from its file, checked, without the blanks between its parts: so that the same form in another layout is no new version. The caller
 * frees it. PROBLEM_BAD_INPUT: the detail says where and why. */
bool form_file_read(const char *path, char **ret_form, struct problem *reterr);
