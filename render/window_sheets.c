/* The sheets in the middle of the window: what each shows and what Enter does in it. */
#include "render/window_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void shipped_scenarios(char *folder, size_t size)
{
    const char *data = getenv("ART_DATA");
    snprintf(folder, size, "%s/scenarios", data && data[0] ? data : ART_DATA_DIR);
}

void window_show(Window *w, WindowSheet sheet)
{
    if (sheet == w->sheet && sheet != SHEET_MISTAKES && sheet != SHEET_CHANGES) sheet = SHEET_NONE;
    if (sheet == SHEET_NONE && !w->session) sheet = SHEET_CHOOSER;
    w->sheet = sheet;
    w->line = w->typed = 0;
    if (sheet == SHEET_CHOOSER && w->chooser.count == 0) {
        char folder[1024];
        shipped_scenarios(folder, sizeof folder);
        chooser_open(&w->chooser, folder);
    }
}

/* Cuts the lines apart; the rows point into the text. */
static int rows_of_lines(Window *w)
{
    int count = 0;
    for (char *line = w->lines.bytes; line && *line && count < WINDOW_ROWS_MAX;) {
        w->rows[count++] = (HudRow){.label = line};
        char *end = strchr(line, '\n');
        if (!end) {
            line += strlen(line) + 1; // cut before: lines end with NUL
            if (line >= w->lines.bytes + w->lines.size) break;
            continue;
        }
        *end = '\0';
        line = end + 1;
        if (line >= w->lines.bytes + w->lines.size) break;
    }
    return count;
}

static void fill_list(Window *w, const char *title, const char *hint, int count, int selected)
{
    w->look.sheet = (HudSheet){
        .kind = HUD_SHEET_LIST, .title = title, .hint = hint, .rows = w->rows, .count = count, .selected = selected};
}

void window_sheet_fill(Window *w)
{
    w->look.sheet = (HudSheet){.kind = HUD_SHEET_NONE};
    switch (w->sheet) {
    case SHEET_NONE: break;
    case SHEET_HELP: w->look.sheet.kind = HUD_SHEET_HELP; break;
    case SHEET_DIAGRAM: w->look.sheet.kind = HUD_SHEET_DIAGRAM; break;
    case SHEET_PALETTE:
        fill_list(w, "Change what goes on, from now on",
                  "Up, Down: row    Left, Right: value    Enter: do it    F2: save as a scenario    Esc: close",
                  palette_rows(&w->palette, w->rows), w->palette.selected);
        break;
    case SHEET_CHOOSER:
        chooser_look(&w->chooser);
        fill_list(w, "Scenarios",
                  w->session ? "Enter: open    Shift Enter: ghost    Esc: back" : "Enter: open    Esc: leave",
                  chooser_rows(&w->chooser, w->rows), w->chooser.selected);
        w->look.sheet.aside = 1;
        w->look.sheet.sketch = w->chooser.sketch;
        w->look.sheet.sketch_count = w->chooser.sketch_count;
        break;
    case SHEET_MISTAKES:
        fill_list(w, "The files have mistakes; the run before goes on", "Esc: close. Saving the file reads it again.",
                  rows_of_lines(w), w->line);
        break;
    case SHEET_CHANGES:
        fill_list(w, "Read again and run to this moment; new values:", "Esc: close", rows_of_lines(w), w->line);
        break;
    }
}

void window_sheet_enter(Window *w)
{
    if (w->sheet == SHEET_CHOOSER && w->chooser.selected < w->chooser.count) {
        if (window_open(w, w->chooser.items[w->chooser.selected].file)) window_show(w, SHEET_NONE);
    } else if (w->sheet == SHEET_PALETTE) {
        char words[WINDOW_MESSAGE_MAX];
        palette_give(&w->palette, w->session, words, sizeof words);
        window_say(w, words);
        window_show(w, SHEET_NONE);
    } else if (w->sheet == SHEET_MISTAKES || w->sheet == SHEET_CHANGES) {
        window_show(w, SHEET_NONE);
    }
}
