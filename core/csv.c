#include "csv.h"

#include "cleanup.h"

#include <errno.h>
#include <string.h>

enum { NONE = -1, BAD_BYTE = -2 };

/* How much of a UTF-8 character is still to come, and between what its next byte lies (RFC 3629, section 4). */
struct utf8 { int left; unsigned char low, high; };

struct csv {
    FILE *from;
    enum csv_encoding encoding;
    struct utf8 utf8;
    unsigned char ahead[3];       /* looked at and not yet read */
    int ahead_first, ahead_count;
    char separator;               /* the first comma or semicolon decides */
    long line;                    /* that is being read */
    int last;                     /* byte before, for CR LF */
    size_t ends[CSV_FIELDS], len; /* of each field in text, behind its NUL */
    struct csv_row row;
    char text[CSV_ROW_BYTES + 4];
};

DEFINE_AUTO(struct csv, csv_free)

static bool utf8_takes(struct utf8 *at, int byte)
{
    unsigned char low = 0x80, high = 0xBF;

    if (at->left > 0) {
        bool good = byte >= at->low && byte <= at->high;
        *at = (struct utf8){ good ? at->left - 1 : 0, low, high };
        return good;
    }
    if (byte < 0x80)
        return true;
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    if (byte == 0xE0)
        low = 0xA0;
    if (byte == 0xED)
        high = 0x9F;
    if (byte == 0xF0)
        low = 0x90;
    if (byte == 0xF4)
        high = 0x8F;
    *at = (struct utf8){ byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3, low, high };
    return true;
}

/* CSV_UTF8, CSV_LATIN1, or CSV_DETECT for what is plain ASCII and so is both. The caller turns back. */
static enum csv_encoding encoding_looks(FILE *from)
{
    struct utf8 at = { 0 };
    bool beyond = false;

    for (int byte; (byte = getc_unlocked(from)) != EOF;) {
        beyond = beyond || byte >= 0x80;
        if (!utf8_takes(&at, byte))
            return CSV_LATIN1;
    }
    return at.left > 0 ? CSV_LATIN1 : beyond ? CSV_UTF8 : CSV_DETECT;
}

static bool encoding_choose(struct csv *csv, enum csv_encoding wanted, struct problem *reterr)
{
    long start = ftell(csv->from);

    if (start < 0 && wanted == CSV_DETECT)
        return fail(reterr, PROBLEM_BAD_INPUT, "This is no file that can be read twice: say its encoding");
    csv->encoding = wanted;
    if (start < 0 || wanted == CSV_UTF8)
        return true;
    enum csv_encoding looks = encoding_looks(csv->from);
    if (ferror(csv->from) || fseek(csv->from, start, SEEK_SET) != 0)
        return fail(reterr, PROBLEM_BAD_INPUT, "The file cannot be read: %s", strerror(errno));
    if (wanted == CSV_LATIN1 && looks == CSV_UTF8)
        return fail(reterr, PROBLEM_BAD_INPUT, "The file is UTF-8, not ISO-8859-1");
    csv->encoding = looks == CSV_LATIN1 ? CSV_LATIN1 : CSV_UTF8;
    return true;
}

/* Passes over the byte order mark of UTF-8; those of UTF-16 are refused. */
static bool mark_skip(struct csv *csv, struct problem *reterr)
{
    csv->ahead_count = (int)fread(csv->ahead, 1, sizeof(csv->ahead), csv->from);
    if (csv->ahead_count >= 2 && (memcmp(csv->ahead, "\xFF\xFE", 2) == 0 || memcmp(csv->ahead, "\xFE\xFF", 2) == 0))
        return fail(reterr, PROBLEM_BAD_INPUT, "The file is UTF-16; UTF-8 and ISO-8859-1 can be read");
    if (csv->ahead_count == 3 && csv->encoding == CSV_UTF8 && memcmp(csv->ahead, "\xEF\xBB\xBF", 3) == 0)
        csv->ahead_first = 3;
    return true;
}

bool csv_new(FILE *from, enum csv_encoding encoding, struct csv **ret_csv, struct problem *reterr)
{
    AUTO(csv_free) struct csv *csv = calloc(1, sizeof(*csv));

    if (!csv)
        return fail_internal(reterr, "out of memory");
    csv->from = from;
    csv->line = 1;
    csv->last = NONE;
    if (!encoding_choose(csv, encoding, reterr) || !mark_skip(csv, reterr))
        return false;
    *ret_csv = TAKE(csv);
    return true;
}

void csv_free(struct csv *csv)
{
    free(csv);
}

enum csv_encoding csv_encoding_of(const struct csv *csv)
{
    return csv->encoding;
}

static int byte_raw(struct csv *csv)
{
    return csv->ahead_first < csv->ahead_count ? csv->ahead[csv->ahead_first++] : getc_unlocked(csv->from);
}

/* The next byte, with every kind of line end as one \n; EOF; BAD_BYTE for what UTF-8 does not have. */
static int byte_next(struct csv *csv)
{
    int byte = byte_raw(csv);

    if (byte == '\n' && csv->last == '\r')
        byte = byte_raw(csv);
    csv->last = byte;
    if (byte == EOF)
        return csv->utf8.left > 0 ? BAD_BYTE : EOF;
    if (csv->encoding == CSV_UTF8 && !utf8_takes(&csv->utf8, byte))
        return BAD_BYTE;
    return byte == '\r' ? '\n' : byte;
}

static void spoil(struct csv *csv, const char *fault)
{
    if (!csv->row.fault)
        csv->row.fault = fault;
}

/* Windows-1252 from 0x80 to 0x9F; 0 where it has nothing. */
static const unsigned short windows_1252[32] = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                 0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };

static void latin1_add(struct csv *csv, int byte)
{
    unsigned code = byte < 0xA0 ? windows_1252[byte - 0x80] : (unsigned)byte;

    if (code == 0)
        return spoil(csv, "It holds a byte that ISO-8859-1 does not have");
    if (code >= 0x800)
        csv->text[csv->len++] = (char)(0xE0 | code >> 12);
    csv->text[csv->len++] = (char)(code >= 0x800 ? 0x80 | (code >> 6 & 0x3F) : 0xC0 | code >> 6);
    csv->text[csv->len++] = (char)(0x80 | (code & 0x3F));
}

static size_t field_start(const struct csv *csv)
{
    return csv->row.count > 0 ? csv->ends[csv->row.count - 1] : 0;
}

/* A spoilt row is read to its end, and kept nowhere. */
static void byte_add(struct csv *csv, int byte)
{
    if (csv->len >= CSV_ROW_BYTES)
        spoil(csv, "The row is too long");
    else if (csv->len - field_start(csv) >= CSV_FIELD_BYTES)
        spoil(csv, "A field is too long");
    if (byte == 0)
        spoil(csv, "It holds a byte 0");
    if (csv->row.fault)
        return;
    if (csv->encoding == CSV_LATIN1 && byte >= 0x80)
        latin1_add(csv, byte);
    else
        csv->text[csv->len++] = (char)byte;
}

static void field_end(struct csv *csv)
{
    if (csv->row.count == CSV_FIELDS)
        spoil(csv, "It has too many fields");
    if (csv->row.fault)
        return;
    csv->text[csv->len++] = '\0';
    csv->ends[csv->row.count++] = csv->len;
}

static bool is_separator(struct csv *csv, int byte)
{
    if (csv->separator == '\0' && (byte == ',' || byte == ';'))
        csv->separator = (char)byte;
    return byte != '\0' && byte == csv->separator;
}

/* Between fields, in one without quotes, within quotes, and behind the second quote. */
enum place { START, PLAIN, QUOTED, BEHIND };

static enum place step(struct csv *csv, enum place place, int byte)
{
    if (place == QUOTED) {
        if (byte == '"')
            return BEHIND;
        byte_add(csv, byte);
        return QUOTED;
    }
    if (is_separator(csv, byte)) {
        field_end(csv);
        return START;
    }
    if (byte == '"' && place == PLAIN)
        spoil(csv, "A quotation mark stands in a field without quotes");
    if (byte == '"' && place == BEHIND)
        byte_add(csv, byte);
    if (byte == '"')
        return place == PLAIN ? PLAIN : QUOTED;
    if (place == BEHIND)
        spoil(csv, "Text follows a closing quotation mark");
    byte_add(csv, byte);
    return PLAIN;
}

static bool stop(struct csv *csv, enum place place, int byte, struct problem *reterr)
{
    if (byte == BAD_BYTE)
        return fail(reterr, PROBLEM_BAD_INPUT, "Line %ld is not UTF-8; --encoding iso-8859-1 reads the other one", csv->line);
    if (ferror(csv->from))
        return fail(reterr, PROBLEM_BAD_INPUT, "The file cannot be read behind line %ld: %s", csv->line, strerror(errno));
    return place != QUOTED || fail(reterr, PROBLEM_BAD_INPUT, "A quotation mark is not closed in the row that begins in line %ld", csv->row.line);
}

static void row_begin(struct csv *csv)
{
    csv->len = 0;
    csv->row = (struct csv_row){ .line = csv->line };
}

static void row_end(struct csv *csv)
{
    field_end(csv);
    if (csv->row.fault)
        csv->row.count = 0;
    for (int i = 0; i < csv->row.count; i++)
        csv->row.fields[i] = csv->text + (i > 0 ? csv->ends[i - 1] : 0);
}

bool csv_next(struct csv *csv, const struct csv_row **ret_row, struct problem *reterr)
{
    enum place place = START;
    bool empty = true;

    row_begin(csv);
    for (;;) {
        int byte = byte_next(csv);
        if (byte < 0) {
            if (!stop(csv, place, byte, reterr))
                return false;
            break;
        }
        csv->line += byte == '\n';
        if (byte == '\n' && place != QUOTED && !empty)
            break;
        if (byte == '\n' && place != QUOTED) {
            row_begin(csv);
            continue;
        }
        empty = false;
        place = step(csv, place, byte);
    }
    if (!empty)
        row_end(csv);
    *ret_row = empty ? NULL : &csv->row;
    return true;
}
