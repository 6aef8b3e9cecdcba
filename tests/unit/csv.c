#include "../../core/csv.h"

#include "../../core/text.h"
#include "tap.h"

#include <stdlib.h>

/* What a file reads as: fields between |, rows between / with their lines, faults in <>, and how it ended in (). The caller frees it. */
static char *read_all(const char *bytes, size_t len, enum csv_encoding encoding)
{
    struct text out = TEXT(4096);
    struct problem problem = { 0 };
    struct csv *csv = NULL;
    const struct csv_row *row = NULL;
    FILE *from = len > 0 ? fmemopen((void *)bytes, len, "r") : fopen("/dev/null", "r");
    bool good = csv_new(from, encoding, &csv, &problem);

    while (good && (good = csv_next(csv, &row, &problem)) && row) {
        text_addf(&out, "%s%ld:", out.len > 0 ? "/" : "", row->line);
        for (int i = 0; i < row->count; i++)
            text_addf(&out, "%s%s", i > 0 ? "|" : "", row->fields[i]);
        if (row->fault)
            text_addf(&out, "<%s>", row->fault);
    }
    if (!good)
        text_addf(&out, "(%s)", problem.detail);
    csv_free(csv);
    fclose(from);
    return text_take(&out);
}

#define reads(encoding, bytes, want, what)                                 \
    do {                                                                   \
        char *read_ = read_all(bytes, sizeof(bytes) - 1, encoding);         \
        is(read_, want, "%s", what);                                        \
        free(read_);                                                        \
    } while (0)

static void rows_and_quotes(void)
{
    reads(CSV_UTF8, "a,b\r\n1,2\r\n", "1:a|b/2:1|2", "rows end with CR LF");
    reads(CSV_UTF8, "a,b\n1,2", "1:a|b/2:1|2", "or with LF; the last one need not end");
    reads(CSV_UTF8, "a,b\r1,2\r", "1:a|b/2:1|2", "or with CR");
    reads(CSV_UTF8, "a;b,c\n1;2,3\n", "1:a|b,c/2:1|2,3", "semicolons separate where one comes first");
    reads(CSV_UTF8, "\"x;y\",b\n1;2,3\n", "1:x;y|b/2:1;2|3", "one within quotes decides nothing");
    reads(CSV_UTF8, "a,,\n,,c\n", "1:a||/2:||c", "fields may be empty");
    reads(CSV_UTF8, "a\n\"\"\n", "1:a/2:", "a quoted empty field is a row");
    reads(CSV_UTF8, "\n\r\n\na\n\n\nb\n\n", "4:a/7:b", "empty lines are passed over and counted");
    reads(CSV_UTF8, " a , b \n", "1: a | b ", "blanks are part of a field");
    reads(CSV_UTF8, "\"a\"\"b\",\"\"\"\"\n", "1:a\"b|\"", "two quotes are one");
    reads(CSV_UTF8, "\"a,b\",c\n", "1:a,b|c", "a separator within quotes is text");
    reads(CSV_UTF8, "\"1\n2\r\n3\r4\",b\nc\n", "1:1\n2\n3\n4|b/5:c", "line breaks within quotes are text, and lines count");
    reads(CSV_UTF8, "", "", "nothing is no row");
    reads(CSV_UTF8, "\n\n", "", "nor are empty lines");
}

static void faults(void)
{
    reads(CSV_UTF8, "a\"b,c\nd,e\n", "1:<A quotation mark stands in a field without quotes>/2:d|e", "a quote in a plain field spoils its row alone");
    reads(CSV_UTF8, "\"a\"b,c\nd,e\n", "1:<Text follows a closing quotation mark>/2:d|e", "so does text behind a quoted field");
    reads(CSV_UTF8, "\"a\" ,c\nd,e\n", "1:<Text follows a closing quotation mark>/2:d|e", "and a blank there");
    reads(CSV_UTF8, "a,b\0c\nd,e\n", "1:<It holds a byte 0>/2:d|e", "and a byte 0");
    reads(CSV_UTF8, "\0\nd,e\n", "1:<It holds a byte 0>/2:d|e", "also before the separator is known");
    reads(CSV_UTF8, "a,b\n\"c\nd,e\n", "1:a|b(A quotation mark is not closed in the row that begins in line 2)", "a quote that is not closed takes all the rest");
    reads(CSV_UTF8, "a\n\xC3\xBC\nb\xFC\nc\n", "1:a/2:\xC3\xBC(Line 3 is not UTF-8; --encoding iso-8859-1 reads the other one)", "bad UTF-8 ends it, with its line");
    reads(CSV_UTF8, "a\nb\xC3", "1:a(Line 2 is not UTF-8; --encoding iso-8859-1 reads the other one)", "also where the file ends within a character");
}

static void encodings(void)
{
    reads(CSV_UTF8, "\xEF\xBB\xBF\"name\",b\n", "1:name|b", "a byte order mark is no text, also before a quote");
    reads(CSV_DETECT, "\xEF\xBB\xBFname\n", "1:name", "and says what it is");
    reads(CSV_UTF8, "\xEF\xBC\xA1\n", "1:\xEF\xBC\xA1", "what begins like one and is none, is text");
    reads(CSV_DETECT, "gr\xC3\xBC\xC3\x9F\n", "1:gr\xC3\xBC\xC3\x9F", "UTF-8 is found");
    reads(CSV_DETECT, "gr\xFC\xDF\n", "1:gr\xC3\xBC\xC3\x9F", "so is ISO-8859-1");
    reads(CSV_DETECT, "a\nb\n", "1:a/2:b", "ASCII is either");
    reads(CSV_LATIN1, "gr\xFC\xDF,\x80 \x96\n", "1:gr\xC3\xBC\xC3\x9F|\xE2\x82\xAC \xE2\x80\x93", "what Windows adds to ISO-8859-1 is known");
    reads(CSV_LATIN1, "a\x81\nb\n", "1:<It holds a byte that ISO-8859-1 does not have>/2:b", "what even Windows does not have spoils the row");
    reads(CSV_LATIN1, "gr\xC3\xBC\n", "(The file is UTF-8, not ISO-8859-1)", "UTF-8 is not taken for ISO-8859-1");
    reads(CSV_DETECT, "\xFF\xFE" "a\0,\0", "(The file is UTF-16; UTF-8 and ISO-8859-1 can be read)", "UTF-16 is refused by its mark");
    for (size_t i = 0; i < 9; i++) {
        static const char *const bad[] = { "\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xE2\x82", "\xFE" };
        char *got = read_all(bad[i], strlen(bad[i]), CSV_UTF8);
        ok(got && strncmp(got, "(Line 1 is not UTF-8", 20) == 0, "no UTF-8: case %zu", i);
        free(got);
    }
}

/* A file of `count` bytes c, then the text. */
static char *long_then(int c, size_t count, const char *then)
{
    size_t len = count + strlen(then);
    char *bytes = malloc(len + 1);
    memset(bytes, c, count);
    memcpy(bytes + count, then, strlen(then) + 1);
    char *got = read_all(bytes, len, CSV_UTF8);
    free(bytes);
    return got;
}

static void limits(void)
{
    char *got = long_then('x', CSV_FIELD_BYTES + 1, "\nb\n");
    is(got, "1:<A field is too long>/2:b", "a field has a limit, and the next row is read");
    free(got);
    got = long_then(',', CSV_FIELDS, "\nb\n");
    is(got, "1:<It has too many fields>/2:b", "so has the number of fields");
    free(got);
    got = long_then(',', CSV_FIELDS - 1, "\nb\n");
    ok(got && !strchr(got, '<'), "which may be used up");
    free(got);

    struct text row = TEXT(CSV_ROW_BYTES + 1024);
    for (int i = 0; i < CSV_ROW_BYTES / 32768 + 1; i++) {
        static const char part[32768] = { 0 };
        text_add_bytes(&row, part, 0);
        for (int k = 0; k < 32767 && (row.len < CSV_ROW_BYTES + 8); k++)
            text_add_bytes(&row, "x", 1);
        text_add(&row, ",");
    }
    text_add(&row, "\nb\n");
    got = read_all(row.at, row.len, CSV_UTF8);
    is(got, "1:<The row is too long>/2:b", "and the row as a whole");
    free(got);
    text_done(&row);
}

int main(void)
{
    rows_and_quotes();
    faults();
    encodings();
    limits();
    return done();
}
