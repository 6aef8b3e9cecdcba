#pragma once
#include "../core/request_file.h"
#include "call.h"

/* Answers that are files, to be saved rather than shown. */

/* Names it for the browser: RFC 6266, with the name itself and one in ASCII for those that cannot read it. */
void download_name(struct call *call, const char *name);

/* Answers a file, which is read piece by piece while it is sent. Takes it over. */
bool download_file(struct call *call, struct file *file);

/* Answers a request (its JSON) as a document in a language. */
bool download_request(struct call *call, const char *request_json, const char *language);
