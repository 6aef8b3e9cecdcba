#include "../../core/text.h"

#include "tap.h"

#include <stdlib.h>

int main(void)
{
    struct text t = TEXT(16);

    text_add(&t, "a-");
    text_addf(&t, "%d", 42);
    char *s = text_take(&t);
    is(s, "a-42", "pieces join");
    free(s);

    s = text_take(&t);
    is(s, "", "nothing added is an empty text, not none");
    free(s);

    for (int i = 0; i < 9; i++)
        text_add(&t, "ab");
    ok(text_take(&t) == NULL, "past the ceiling it fails, once, at the end");

    text_add(&t, "new");
    s = text_take(&t);
    is(s, "new", "and starts anew");
    free(s);

    text_add_bytes(&t, "abcdef", 3);
    s = text_take(&t);
    is(s, "abc", "bytes are counted");
    free(s);
    return done();
}
