/* Lines of an INI file. A comment begins with ';' at the start of a line or after a blank, or with '#' at the start of
   a line. A value goes on in the next line where its line ends in a backslash; the parts are joined by one blank.
   Ignores: quotes and escapes, there are none. */
#include "sim/io/ini_lines.h"
#include "sim/io/file_bytes.h"
#include <string.h>

static Place place_at(const IniLines *lines, int line)
{
    return (Place){.file = lines->file, .line = lines->unnumbered ? 0 : line};
}

static Place place_of(const IniLines *lines, int line)
{
    Place place = place_at(lines, line);
    place.section = lines->section;
    return place;
}

static int begins_with(const IniLines *lines, const char *bytes, size_t count)
{
    return (size_t)(lines->end - lines->bytes) >= count && memcmp(lines->bytes, bytes, count) == 0;
}

int ini_lines_begin(IniLines *lines)
{
    Diag *diag = lines->diag;
    if (lines->bytes == lines->end) {
        DIAG_ADD(diag, place_at(lines, 0), "the file is empty");
        return 0;
    }
    if (bytes_are_utf16(lines->bytes, (size_t)(lines->end - lines->bytes))) {
        DIAG_ADD(diag, place_at(lines, 1), "the file is UTF-16 text; save it as UTF-8");
        return 0;
    }
    if (begins_with(lines, "\xef\xbb\xbf", 3)) {
        DIAG_ADD(diag, place_at(lines, 1),
                 "the file begins with a byte order mark (BOM); save it as UTF-8 without one");
        lines->bytes += 3;
    }
    Survey found = bytes_survey(lines->bytes, lines->end);
    if (found.nul_line) {
        DIAG_ADD(diag, place_at(lines, found.nul_line), "a NUL byte; this is no text file");
        return 0;
    }
    if (found.bad_line) {
        DIAG_ADD(diag, place_at(lines, found.bad_line), "bytes that are not UTF-8; save the file as UTF-8");
        return 0;
    }
    if (found.control_line) {
        DIAG_ADD(diag, place_at(lines, found.control_line),
                 "a control character; only tabs and line ends are allowed");
        return 0;
    }
    if (found.cr_line) {
        DIAG_ADD(diag, place_at(lines, found.cr_line), "a CR that ends no line; save the file with LF line ends");
        /* one endless line would follow, with mistakes that are none */
        if (found.newlines == 0) return 0;
    }
    if (found.crlf_line) {
        DIAG_ADD(diag, place_at(lines, found.crlf_line), "the line ends in CR LF; save the file with LF line ends");
    }
    return 1;
}

/* One physical line between two pointers, without blanks at its ends. */
typedef struct Span {
    const char *from, *to;
} Span;

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static Span span_trim(Span span)
{
    while (span.from < span.to && is_blank(*span.from)) span.from++;
    while (span.from < span.to && is_blank(span.to[-1])) span.to--;
    return span;
}

/* The next physical line without its comment; 0 at the end of the file. */
static int line_read(IniLines *lines, Span *span)
{
    if (lines->bytes >= lines->end) return 0;
    lines->line++;
    const char *newline = memchr(lines->bytes, '\n', (size_t)(lines->end - lines->bytes));
    *span = (Span){lines->bytes, newline ? newline : lines->end};
    lines->bytes = newline ? newline + 1 : lines->end;
    if (span->to - span->from > INI_LINE_MAX) {
        Text length = {0};
        text_add_int(&length, span->to - span->from);
        DIAG_ADD(lines->diag, place_of(lines, lines->line), "the line has ", length.bytes,
                 " bytes; at most 1000 are read (a long list may go on in a line that ends in a backslash)");
        text_free(&length);
        span->to = span->from;
    }
    for (const char *c = span->from; c < span->to; c++) {
        if (*c == ';' && (c == span->from || is_blank(c[-1]))) span->to = c;
    }
    *span = span_trim(*span);
    if (span->from < span->to && *span->from == '#') span->to = span->from;
    return 1;
}

/* Takes the backslash off the end of a line; 1 when there was one. */
static int goes_on(Span *span)
{
    if (span->from == span->to || span->to[-1] != '\\') return 0;
    span->to--;
    *span = span_trim(*span);
    return 1;
}

/* Adds one part of a value; complains of a '#' that was meant as a comment. */
static void value_add(IniLines *lines, IniLine *line, Span part)
{
    for (const char *c = part.from; c < part.to; c++) {
        if (*c != '#' || (c > part.from && !is_blank(c[-1]))) continue;
        Place place = place_of(lines, lines->line);
        place.key = line->name.bytes;
        DIAG_ADD(lines->diag, place, "\"#\" begins no comment behind a value; write \";\"");
        part.to = c;
    }
    part = span_trim(part);
    if (part.from == part.to) return;
    if (line->value.size) text_add(&line->value, " ");
    text_add_bytes(&line->value, part.from, (size_t)(part.to - part.from));
}

/* Reads the lines a value goes on in. */
static void value_continue(IniLines *lines, IniLine *line)
{
    Place place = place_of(lines, line->line);
    place.key = line->name.bytes;
    int more = 1;
    while (more) {
        Span span;
        const char *before = lines->bytes;
        int line_before = lines->line;
        if (!line_read(lines, &span) || span.from == span.to) {
            DIAG_ADD(lines->diag, place, "a line ends in a backslash, but the value does not go on in the next line");
            return;
        }
        if (*span.from == '[') {
            DIAG_ADD(lines->diag, place, "a line ends in a backslash, but the next line begins a section");
            lines->bytes = before;
            lines->line = line_before;
            return;
        }
        more = goes_on(&span);
        value_add(lines, line, span);
        if (line->value.size > INI_VALUE_MAX) {
            DIAG_ADD(lines->diag, place, "the value has more than 65535 bytes");
            text_free(&line->value);
            return;
        }
    }
}

/* Copies a name for messages, cut at a character's end. */
static void section_name_keep(IniLines *lines, Span name)
{
    size_t length = (size_t)(name.to - name.from);
    if (length > INI_SECTION_NAME_MAX) length = INI_SECTION_NAME_MAX;
    while (length && name.from + length < name.to && ((unsigned char)name.from[length] & 0xc0) == 0x80) length--;
    memcpy(lines->section, name.from, length);
    lines->section[length] = '\0';
}

static int section_read(IniLines *lines, IniLine *line, Span span)
{
    Place place = place_at(lines, lines->line);
    const char *close = memchr(span.from, ']', (size_t)(span.to - span.from));
    Span name = span_trim((Span){span.from + 1, close ? close : span.to});
    section_name_keep(lines, name);
    lines->skipping = 0;
    place.section = lines->section;
    if (!close) {
        DIAG_ADD(lines->diag, place, "the section's name has no closing bracket");
    } else if (name.from == name.to) {
        DIAG_ADD(lines->diag, place, "a section without a name: []");
        lines->skipping = 1;
        return 0;
    } else if (close + 1 < span.to) {
        Text rest = {0};
        span = span_trim((Span){close + 1, span.to});
        text_add_bytes(&rest, span.from, (size_t)(span.to - span.from));
        DIAG_ADD(lines->diag, place, "\"", rest.bytes, "\" behind the section; a key stands in its own line");
        text_free(&rest);
    }
    if (name.to - name.from > INI_SECTION_NAME_MAX) {
        DIAG_ADD(lines->diag, place, "the section's name is cut here; at most 95 bytes are allowed");
        lines->skipping = 1;
        return 0;
    }
    text_add_bytes(&line->name, name.from, (size_t)(name.to - name.from));
    line->kind = INI_LINE_SECTION;
    return 1;
}

static int key_read(IniLines *lines, IniLine *line, Span span)
{
    Place place = place_of(lines, lines->line);
    const char *equals = memchr(span.from, '=', (size_t)(span.to - span.from));
    Span key = span_trim((Span){span.from, equals ? equals : span.to});
    if (!equals) {
        Text text = {0};
        text_add_bytes(&text, span.from, (size_t)(span.to - span.from));
        DIAG_ADD(lines->diag, place, "\"", text.bytes, "\" has no \"=\"; write key = value",
                 " (a value goes on only behind a line that ends in a backslash)");
        text_free(&text);
        return 0;
    }
    if (key.from == key.to) {
        DIAG_ADD(lines->diag, place, "no key before the \"=\"; write key = value");
        return 0;
    }
    text_add_bytes(&line->name, key.from, (size_t)(key.to - key.from));
    if (line->name.size > INI_KEY_MAX) {
        DIAG_ADD(lines->diag, place, "the key \"", line->name.bytes, "\" is too long; at most 47 bytes are allowed");
        return 0;
    }
    if (strpbrk(line->name.bytes, ":[]\"#\\")) {
        DIAG_ADD(lines->diag, place, "\"", line->name.bytes, "\" is no key; write key = value");
        return 0;
    }
    line->kind = INI_LINE_KEY;
    Span value = span_trim((Span){equals + 1, span.to});
    int more = goes_on(&value);
    value_add(lines, line, value);
    if (more) value_continue(lines, line);
    return !lines->skipping;
}

IniLineKind ini_lines_next(IniLines *lines, IniLine *line)
{
    Span span;
    while (line_read(lines, &span)) {
        text_free(&line->name);
        text_free(&line->value);
        line->line = lines->line;
        if (span.from == span.to) continue;
        if (*span.from == '[' ? section_read(lines, line, span) : key_read(lines, line, span)) return line->kind;
    }
    line->kind = INI_LINE_END;
    return INI_LINE_END;
}
