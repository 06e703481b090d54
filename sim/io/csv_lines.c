/* Lines of a CSV file. Every mistake is told with its line. Blank lines count and are handed on without cells; both kinds of
   line ends are read. */
#include "sim/io/csv_lines.h"
#include <string.h>
#include "sim/io/number.h"

enum { CSV_BYTES_MAX = 64 << 20, CSV_LINE_MAX = 4096 };

void csv_complain(const Csv *csv, const char *what, const char *which, const char *right)
{
    Place place = {.file = csv->file, .line = csv->line};
    DIAG_ADD(csv->diag, place, what, which, right);
}

static char *trim(char *text)
{
    while (*text == ' ' || *text == '\t') text++;
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) *--end = '\0';
    return text;
}

int csv_next(Csv *csv)
{
    if (*csv->at == '\0') return 0;
    char *line = csv->at, *end = strchr(line, '\n');
    csv->line++;
    csv->cell_count = 0;
    csv->at = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    if (strlen(line) > CSV_LINE_MAX) {
        csv_complain(csv, "the line is longer than 4096 bytes", "", "");
        return 1;
    }
    line = trim(line);
    if (*line == '\0') return 1;
    for (char *cell = line; cell;) {
        char *comma = strchr(cell, ',');
        if (comma) *comma = '\0';
        if (csv->cell_count == CSV_CELLS_MAX) {
            csv_complain(csv, "more than 128 columns", "", "");
            return 1;
        }
        csv->cells[csv->cell_count++] = trim(cell);
        cell = comma ? comma + 1 : NULL;
    }
    return 1;
}

/* What a spreadsheet makes of a CSV, each refused with what to do; 1 when it was one of these. */
static int refuse_spreadsheet(Csv *csv)
{
    const char *line = csv->at, *example = "";
    size_t length = strcspn(line, "\n"), commas = strcspn(line, ",\n");
    const char *why = NULL;
    if (strncmp(line, "\xef\xbb\xbf", 3) == 0) {
        why = "the file begins with a byte order mark (BOM); save it as UTF-8 without one";
    } else if (memchr(line, '"', length)) {
        why = "quotation marks; names and numbers stand without them";
    } else if (commas == length && memchr(line, ';', length)) {
        why = "semicolons between the columns; write commas, and decimals with a point: ", example = csv->example;
    } else if (commas == length && memchr(line, '\t', length)) {
        why = "tabs between the columns; write commas: ", example = csv->example;
    }
    if (!why) return 0;
    csv->line = 1;
    csv_complain(csv, why, example, "");
    return 1;
}

/* Names go into messages: of them only characters that a terminal shows. */
static int refuse_bytes(Csv *csv)
{
    Survey found = bytes_survey(csv->text.bytes, csv->text.bytes + csv->text.size);
    const char *why = NULL;
    if (found.nul_line) why = "a NUL byte; this is no text file", csv->line = found.nul_line;
    else if (found.bad_line) why = "bytes that are not UTF-8; save the file as UTF-8", csv->line = found.bad_line;
    else if (found.cr_line) why = "a CR that ends no line; save the file with LF line ends", csv->line = found.cr_line;
    else if (found.control_line) why = "a control character; only tabs and line ends are allowed", csv->line = found.control_line;
    if (!why) return 0;
    csv_complain(csv, why, "", "");
    return 1;
}

int csv_open(Csv *csv, const char *path)
{
    Text why = {0};
    int fine = file_bytes_read(path, CSV_BYTES_MAX, &csv->text, &why);
    if (!fine) csv_complain(csv, text_bytes(&why), "", "");
    text_free(&why);
    if (!fine) return 0;
    csv->at = csv->text.bytes;
    if (csv->text.size == 0) {
        csv_complain(csv, "the file is empty; the first line names the columns, ", csv->first, "");
        return 0;
    }
    if (bytes_are_utf16(csv->at, csv->text.size)) {
        csv_complain(csv, "the file is UTF-16 text; save it as UTF-8", "", "");
        return 0;
    }
    return !refuse_bytes(csv) && !refuse_spreadsheet(csv);
}

int csv_has_cells(const Csv *csv, int need)
{
    if (csv->cell_count == need) return 1;
    Text text = {0};
    text_add_int(&text, csv->cell_count);
    text_add(&text, " columns where the first line names ");
    text_add_int(&text, need);
    if (csv->cell_count > need) text_add(&text, "; a decimal point is written \".\"");
    csv_complain(csv, text_bytes(&text), "", "");
    text_free(&text);
    return 0;
}

double csv_number(const Csv *csv, const char *cell)
{
    double value = 0.0;
    const char *rest;
    NumberScan scan = number_scan(cell, &value, &rest);
    if (scan == NUMBER_FINE && *rest == '\0') return value;
    csv_complain(csv, "\"", cell, "\" is no finite decimal number such as 0.5 or -1e-3");
    return 0.0;
}

void csv_close(Csv *csv)
{
    file_bytes_free(&csv->text);
}
