#pragma once
/* Functions that cut, overflow or convert without a word. Included before every file; what would help instead stands behind each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#pragma GCC poison strcpy strcat sprintf vsprintf gets strncpy strncat /* snprintf, struct text */
#pragma GCC poison atoi atol atof                                      /* strtol, strtod */
#pragma GCC poison strtok                                              /* strcspn */
