#include "../../core/file_type.h"

#include "tap.h"

#define PDF "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"
#define JPEG "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xdb"

static const struct { const char *name, *bytes; size_t size; const char *type; } cases[] = {
    { "a.pdf", PDF, sizeof(PDF) - 1, "application/pdf" },
    { "A.PDF", PDF, sizeof(PDF) - 1, "application/pdf" },
    { "no ending", PDF, sizeof(PDF) - 1, "application/pdf" },
    { "Scan vom 12.11.2026", PDF, sizeof(PDF) - 1, "application/pdf" },
    { "Nr. 5 der Liste", PDF, sizeof(PDF) - 1, "application/pdf" },
    { "ends with a dot.", PDF, sizeof(PDF) - 1, "application/pdf" },
    { "a.pdf.exe", PDF, sizeof(PDF) - 1, NULL },
    { "a.html", PDF, sizeof(PDF) - 1, NULL },
    { "a.png", PDF, sizeof(PDF) - 1, NULL },
    { "a.png", PNG, sizeof(PNG) - 1, "image/png" },
    { "a.pdf", PNG, sizeof(PNG) - 1, NULL },
    { "a.jpg", JPEG, sizeof(JPEG) - 1, "image/jpeg" },
    { "a.JPeG", JPEG, sizeof(JPEG) - 1, "image/jpeg" },
    { "a.jfif", JPEG, sizeof(JPEG) - 1, "image/jpeg" },
    { "a.pdf", "<html><script>", 14, NULL },
    { "a.pdf", "MZ\x90\0\3\0\0\0", 8, NULL },
    { "a.pdf", "PK\3\4\x14\0", 6, NULL },
    { "a.pdf", "%", 1, NULL },
    { "a.png", "\x89PNG", 4, NULL },
    { "a.pdf", "", 0, NULL },
};

int main(void)
{
    struct problem problem = { 0 };

    ok(file_type("a.pdf", PDF, sizeof(PDF) - 1) == NULL, "nothing is known before the start");
    ok(file_type_start(&problem), "libmagic is there: %s", problem.detail);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        is(file_type(cases[i].name, cases[i].bytes, cases[i].size), cases[i].type, "%s, %zu bytes: %s", cases[i].name, cases[i].size,
           cases[i].type ? cases[i].type : "not taken");
    file_type_stop();
    file_type_stop();
    return done();
}
