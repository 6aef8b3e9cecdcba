#pragma once
#include "caller.h"
#include "inputs.h"
#include "problem.h"

/* A message to customer service, and a receipt without its text to the writer. */
bool contact_add(const struct contact_create_input *in, const struct origin *from, struct problem *reterr);
