#include "pdf.h"

#include "cleanup.h"

#include <cairo-pdf.h>
#include <glib.h>
#include <pango/pangocairo.h>
#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* Points: 72 to the inch. */
enum { WIDTH = 595, HEIGHT = 842, MARGIN = 56, NAME_WIDTH = 160, GAP = 14, FOOTER_AT = HEIGHT - 36 };
#define FONT "DejaVu Sans"

enum kind { HEADING_1, HEADING_2, HEADING_3, TEXT, PAIR, KINDS };
struct block { enum kind kind; char *text, *value; };

static const struct { const char *tag, *font; int above, below; } styles[KINDS] = {
    [HEADING_1] = { "H1", FONT " Bold 20", 0, 10 }, [HEADING_2] = { "H2", FONT " Bold 14", 20, 8 }, [HEADING_3] = { "H3", FONT " Bold 11", 10, 4 },
    [TEXT] = { "P", FONT " 10.5", 2, 6 },           [PAIR] = { "P", FONT " 10.5", 2, 4 },
};

struct pdf {
    char *title, *language;
    GPtrArray *blocks; /* of struct block */
};

/* One way through the blocks: onto paper, or only to count the pages. */
struct pass {
    cairo_t *cairo;
    PangoContext *pango;
    double y;
    int page, pages;
    const char *footer;
};

static void block_free(void *at)
{
    struct block *block = at;
    g_free(block->text);
    g_free(block->value);
    g_free(block);
}

struct pdf *pdf_new(const char *title, const char *language)
{
    struct pdf *pdf = g_new0(struct pdf, 1);
    pdf->title = g_strdup(title);
    pdf->language = g_strdup(language);
    pdf->blocks = g_ptr_array_new_with_free_func(block_free);
    return pdf;
}

void pdf_free(struct pdf *pdf)
{
    if (!pdf)
        return;
    g_ptr_array_free(pdf->blocks, TRUE);
    g_free(pdf->title);
    g_free(pdf->language);
    g_free(pdf);
}

static void add(struct pdf *pdf, enum kind kind, const char *text, const char *value)
{
    struct block *block = g_new0(struct block, 1);
    *block = (struct block){ kind, g_strdup(text), g_strdup(value) };
    g_ptr_array_add(pdf->blocks, block);
}

void pdf_heading(struct pdf *pdf, int level, const char *text)
{
    add(pdf, level <= 1 ? HEADING_1 : level == 2 ? HEADING_2 : HEADING_3, text, NULL);
}

void pdf_text(struct pdf *pdf, const char *text)
{
    add(pdf, TEXT, text, NULL);
}

void pdf_pair(struct pdf *pdf, const char *name, const char *value)
{
    add(pdf, PAIR, name, value);
}

static PangoLayout *layout_new(const struct pass *pass, const char *text, const char *font, int width)
{
    PangoLayout *layout = pango_layout_new(pass->pango);
    PangoFontDescription *description = pango_font_description_from_string(font);

    pango_layout_set_font_description(layout, description);
    pango_font_description_free(description);
    pango_layout_set_width(layout, width * PANGO_SCALE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR); /* a word that is longer than the line is broken rather than cut */
    pango_layout_set_text(layout, text, -1);
    return layout;
}

/* Page numbers are no part of the text: outside of every tag. */
static void draw_footer(struct pass *pass)
{
    char page[16], pages[16];

    g_snprintf(page, sizeof(page), "%d", pass->page);
    g_snprintf(pages, sizeof(pages), "%d", pass->pages);
    GString *text = g_string_new(pass->footer);
    g_string_replace(text, "{pages}", pages, 0);
    g_string_replace(text, "{page}", page, 0);
    PangoLayout *layout = layout_new(pass, text->str, FONT " 8.5", WIDTH - 2 * MARGIN);
    cairo_move_to(pass->cairo, MARGIN, FOOTER_AT);
    pango_cairo_show_layout(pass->cairo, layout);
    g_object_unref(layout);
    g_string_free(text, TRUE);
}

static void next_page(struct pass *pass)
{
    draw_footer(pass);
    cairo_show_page(pass->cairo);
    pass->page++;
    pass->y = MARGIN;
}

/* Lines from `y` of this page on; a page that is full is ended, and the tag goes on as another one. Gives where they end. */
static double draw_lines(struct pass *pass, PangoLayout *layout, const char *tag, int x)
{
    PangoLayoutIter *lines = pango_layout_get_iter(layout);

    cairo_tag_begin(pass->cairo, tag, NULL);
    do {
        PangoRectangle box;
        pango_layout_iter_get_line_extents(lines, NULL, &box);
        double high = (double)box.height / PANGO_SCALE, up = (double)(pango_layout_iter_get_baseline(lines) - box.y) / PANGO_SCALE;
        if (pass->y + high > HEIGHT - MARGIN - GAP) {
            cairo_tag_end(pass->cairo, tag);
            next_page(pass);
            cairo_tag_begin(pass->cairo, tag, NULL);
        }
        cairo_move_to(pass->cairo, x + (double)box.x / PANGO_SCALE, pass->y + up);
        pango_cairo_show_layout_line(pass->cairo, pango_layout_iter_get_line_readonly(lines));
        pass->y += high;
    } while (pango_layout_iter_next_line(lines));
    cairo_tag_end(pass->cairo, tag);
    pango_layout_iter_free(lines);
    return pass->y;
}

static double height_of(PangoLayout *layout)
{
    int height;
    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

static void draw_pair(struct pass *pass, const struct block *block)
{
    PangoLayout *name = layout_new(pass, block->text, FONT " Bold 10.5", NAME_WIDTH), *value =
        layout_new(pass, block->value, styles[PAIR].font, WIDTH - 2 * MARGIN - NAME_WIDTH - GAP);

    if (pass->y + height_of(name) > HEIGHT - MARGIN - GAP) /* the name stands beside the beginning of its value */
        next_page(pass);
    double top = pass->y, low = draw_lines(pass, name, "P", MARGIN);
    int page = pass->page;
    pass->y = page == pass->page ? top : pass->y;
    double end = draw_lines(pass, value, "P", MARGIN + NAME_WIDTH + GAP);
    pass->y = page == pass->page && low > end ? low : end;
    g_object_unref(name);
    g_object_unref(value);
}

static void draw_block(struct pass *pass, const struct block *block)
{
    int room = block->kind <= HEADING_3 ? 60 : 0; /* a heading does not stand alone at the end of a page */

    pass->y += pass->y > MARGIN ? styles[block->kind].above : 0;
    if (pass->y + room > HEIGHT - MARGIN - GAP)
        next_page(pass);
    if (block->kind == PAIR) {
        draw_pair(pass, block);
    } else {
        PangoLayout *layout = layout_new(pass, block->text, styles[block->kind].font, WIDTH - 2 * MARGIN);
        draw_lines(pass, layout, styles[block->kind].tag, MARGIN);
        g_object_unref(layout);
    }
    pass->y += styles[block->kind].below;
}

static cairo_status_t keep(void *into, const unsigned char *bytes, unsigned n)
{
    g_byte_array_append(into, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

/* Draws everything; gives the number of pages, 0 where it failed. */
static int draw(const struct pdf *pdf, const char *footer, int pages, GByteArray *into)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(into ? keep : NULL, into, WIDTH, HEIGHT);
    struct pass pass = { .cairo = cairo_create(surface), .y = MARGIN, .page = 1, .pages = pages, .footer = footer };
    PangoFontMap *fonts = pango_cairo_font_map_new(); /* the thread's own one would live as long as the thread */

    pass.pango = pango_font_map_create_context(fonts);
    pango_cairo_update_context(pass.cairo, pass.pango);
    pango_context_set_language(pass.pango, pango_language_from_string(pdf->language));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, pdf->title);
    for (guint i = 0; i < pdf->blocks->len; i++)
        draw_block(&pass, pdf->blocks->pdata[i]);
    draw_footer(&pass);
    cairo_show_page(pass.cairo);
    bool good = cairo_status(pass.cairo) == CAIRO_STATUS_SUCCESS;
    cairo_destroy(pass.cairo);
    cairo_surface_finish(surface);
    good = good && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    g_object_unref(pass.pango);
    g_object_unref(fonts);
    return good ? pass.page : 0;
}

/* What cairo cannot say itself: the language, that the tags are meant, and that the title stands above the window rather than the file's name. */
static bool complete(const struct pdf *pdf, const GByteArray *drawn, char **ret_bytes, size_t *ret_size, struct problem *reterr)
{
    qpdf_data qpdf = qpdf_init();
    char *bytes = NULL;

    qpdf_silence_errors(qpdf);
    if (qpdf_read_memory(qpdf, pdf->title, (const char *)drawn->data, drawn->len, NULL) < QPDF_ERRORS) {
        qpdf_oh root = qpdf_get_root(qpdf), preferences = qpdf_oh_new_dictionary(qpdf), mark = qpdf_oh_new_dictionary(qpdf);
        qpdf_oh_replace_key(qpdf, root, "/Lang", qpdf_oh_new_unicode_string(qpdf, pdf->language));
        qpdf_oh_replace_key(qpdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool(qpdf, QPDF_TRUE));
        qpdf_oh_replace_key(qpdf, root, "/ViewerPreferences", preferences);
        qpdf_oh_replace_key(qpdf, mark, "/Marked", qpdf_oh_new_bool(qpdf, QPDF_TRUE));
        qpdf_oh_replace_key(qpdf, root, "/MarkInfo", mark);
        if (qpdf_init_write_memory(qpdf) < QPDF_ERRORS && qpdf_write(qpdf) < QPDF_ERRORS) {
            *ret_size = qpdf_get_buffer_length(qpdf);
            bytes = malloc(*ret_size);
            if (bytes)
                memcpy(bytes, qpdf_get_buffer(qpdf), *ret_size);
        }
    }
    qpdf_cleanup(&qpdf);
    *ret_bytes = bytes;
    return bytes || fail_internal(reterr, "the document cannot be completed");
}

bool pdf_finish(struct pdf *pdf, const char *footer, char **ret_bytes, size_t *ret_size, struct problem *reterr)
{
    GByteArray *drawn = g_byte_array_new();
    int pages = draw(pdf, footer, 0, NULL);
    bool good = pages && draw(pdf, footer, pages, drawn) == pages ? complete(pdf, drawn, ret_bytes, ret_size, reterr)
                                                                  : fail_internal(reterr, "the document cannot be drawn");

    g_byte_array_free(drawn, TRUE);
    return good;
}
