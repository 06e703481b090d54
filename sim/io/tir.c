/* Tyre property files. Sections in brackets; `KEY = value`, text in quotes; `$` or `!` begins a comment; upper or lower
   case is the same; both kinds of line ends. Coefficients are the rows of pac2002 (sim/train/tyre_tables.c) by their
   names. Units of length and force are converted, angles must be radians. Keys of the format that the model does not use
   (camber, overturning, pressure ...) are listed here and passed over; others in the sections of coefficients are
   mistakes, and so is what is missing. Source: the format's published examples. Ignores: tables (shape, deflection),
   ranges of validity but FZMAX. */
#include "sim/io/tir.h"
#include <ctype.h>
#include <string.h>
#include "sim/base/elementary.h"
#include "sim/io/file_bytes.h"
#include "sim/io/number.h"
#include "sim/io/param_value.h"
#include "sim/train/tyre.h"

enum { TIR_BYTES_MAX = 1 << 20, TIR_LINE_MAX = 1000, TIR_KEYS_MAX = 400, TIR_KEY_MAX = 47, TIR_SECTION_MAX = 95 };

typedef struct TirKey {
    char name[TIR_KEY_MAX + 1]; /* lower case */
    int line;
} TirKey;

/* A file on its way into a tyre. */
typedef struct Tir {
    Loaded *loaded;
    VehicleTyre *tyre;
    const char *shown;    /* kept by the load */
    Origin origin;        /* of the [tyre.NAME] section; its texts are kept by the load */
    int line;
    char section[TIR_SECTION_MAX + 1];
    TirKey keys[TIR_KEYS_MAX];
    int key_count;
    double length, force; /* SI of the file's units; 0 = not stated */
    int angle, format;    /* 1: stated, and right */
    double vertical_stiffness, breff, dreff, freff;
    Text passed_over; /* coefficients other than 0 that the model does not use */
} Tir;

static void tir_complain(const Tir *tir, const char *key, const char *what, const char *which, const char *right)
{
    Place place = {.file = tir->shown, .line = tir->line, .section = tir->section, .key = key};
    DIAG_ADD(&tir->loaded->diag, place, what, which, right);
}

static int key_line(const Tir *tir, const char *lower)
{
    for (int i = 0; i < tir->key_count; i++) {
        if (strcmp(tir->keys[i].name, lower) == 0) return tir->keys[i].line;
    }
    return 0;
}

static int is_one_of(const char *text, const char *const *list)
{
    for (int i = 0; list[i]; i++) {
        if (strcmp(text, list[i]) == 0) return 1;
    }
    return 0;
}

static void lower_case(const char *text, char *out, size_t size)
{
    size_t i = 0;
    for (; text[i] && i + 1 < size; i++) out[i] = (char)tolower((unsigned char)text[i]);
    out[i] = '\0';
}

/* The text between quotes, or as it stands, in lower case. */
static void word_of(const char *value, char *out, size_t size)
{
    size_t length = strlen(value);
    int quoted = length >= 2 && (*value == '\'' || *value == '"') && value[length - 1] == *value;
    lower_case(quoted ? value + 1 : value, out, size);
    if (quoted && strlen(out) == length - 1) out[length - 2] = '\0';
}

static int number_of(const Tir *tir, const char *key, const char *value, double *number)
{
    const char *rest;
    if (number_scan(value, number, &rest) == NUMBER_FINE && *rest == '\0') return 1;
    tir_complain(tir, key, *value ? "\"" : "has no value", value,
                 *value ? "\" is no finite decimal number such as 0.5 or -1e-3" : "");
    return 0;
}

/* Coefficients of the format that have no part in the model. */
static const char *const unused[] = {"pdx3",  "ptx4", "ppx1", "ppx2", "ppx3", "ppx4", "pdy3",  "pey4", "pky3", "phy3",
                                     "pvy3",  "pvy4", "pty3", "ppy1", "ppy2", "ppy3", "ppy4",  "rvy3", "qbz4", "qbz5",
                                     "qdz3",  "qdz4", "qdz8", "qdz9", "qez5", "qhz3", "qhz4",  "ssz3", "ssz4", "qtz1",
                                     "mbelt", "qpz1", "qpz2", "lgax", "lgay", "lkg",  "lgaz",  "lmx",  "lmy",  "lvmx",
                                     "lgyr",  "lcz",  "lip",  "lkyg", "lkc",  "lkzc", "lky_g", NULL};
static const char *const unused_prefixes[] = {"qsx", "qsy", "qpx", "qpy", "prx", "pry", NULL};

static int is_unused(const char *lower)
{
    for (int i = 0; unused_prefixes[i]; i++) {
        if (strncmp(lower, unused_prefixes[i], strlen(unused_prefixes[i])) == 0) return 1;
    }
    return is_one_of(lower, unused);
}

static int is_stated(const Tir *tir, const char *key)
{
    return origins_find(&tir->loaded->origins, LOAD_VEHICLE, tir->origin.section, key) != NULL;
}

/* Sets a row of [tyre.*] to an SI value unless the section states it. */
static void set_row(const Tir *tir, const char *key, const ParamField *field, double si)
{
    if (is_stated(tir, field->key)) return;
    const Unit *unit = unit_find(field->unit);
    if (si < unit_to_si(unit, field->minimum) || si > unit_to_si(unit, field->maximum)) {
        Text range = {0};
        param_value_add_range(field, &range);
        tir_complain(tir, key, "is out of range; allowed: ", text_bytes(&range), "");
        text_free(&range);
        return;
    }
    memcpy((char *)tir->tyre + field->offset, &si, sizeof si);
    origins_add(&tir->loaded->origins,
                (Origin){LOAD_VEHICLE, tir->origin.section, field->key, tir->origin.written, tir->shown, tir->line});
}

static void set_key(const Tir *tir, const char *key, const char *row, double si)
{
    set_row(tir, key, param_find(&tyre_table, row), si);
}

static void refuse_coefficient(const Tir *tir, const char *key, const char *lower)
{
    Nearest nearest = nearest_begin(lower);
    Text hint = {0};
    for (int i = 0; i < tyre_pac2002_table.count; i++) nearest_try(&nearest, tyre_pac2002_table.fields[i].key);
    for (int i = 0; unused[i]; i++) nearest_try(&nearest, unused[i]);
    nearest_text(&nearest, &hint);
    tir_complain(tir, key, "unknown coefficient of PAC2002", text_bytes(&hint), "");
    text_free(&hint);
}

static void take_coefficient(Tir *tir, const char *key, const char *lower, const char *value)
{
    double number;
    const ParamField *field = param_find(&tyre_pac2002_table, lower);
    int known = field || is_unused(lower);
    if (!known) refuse_coefficient(tir, key, lower);
    if (!known || !number_of(tir, key, value, &number)) return;
    if (field) {
        set_row(tir, key, field, number);
    } else if (number != 0.0 && *lower != 'l') {
        text_add(&tir->passed_over, tir->passed_over.size ? ", " : "");
        text_add(&tir->passed_over, key);
    }
}

typedef struct TirUnit {
    const char *names[6];
    double si;
} TirUnit;

static const TirUnit lengths[] = {{{"meter", "m", "metre"}, 1.0},
                                  {{"mm", "millimeter"}, 1e-3},
                                  {{"cm", "centimeter"}, 1e-2},
                                  {{"km", "kilometer"}, 1e3},
                                  {{"inch", "in"}, 0.0254},
                                  {{"foot", "ft"}, 0.3048},
                                  {{NULL}, 0.0}};
static const TirUnit forces[] = {{{"newton", "n"}, 1.0},
                                 {{"kilonewton", "knewton", "kn"}, 1e3},
                                 {{"pound_force", "lbf"}, 4.4482216152605},
                                 {{"kilogram_force", "kgf"}, 9.80665},
                                 {{NULL}, 0.0}};

static double unit_value(const TirUnit *units, const char *word)
{
    for (; units->names[0]; units++) {
        if (is_one_of(word, units->names)) return units->si;
    }
    return 0.0;
}

static void take_unit(Tir *tir, const char *key, const char *lower, const char *value)
{
    char word[32];
    word_of(value, word, sizeof word);
    if (strcmp(lower, "length") == 0) {
        tir->length = unit_value(lengths, word);
        if (tir->length == 0.0)
            tir_complain(tir, key, "unknown unit ", value, "; meter, mm, cm, km, inch and foot are read");
    } else if (strcmp(lower, "force") == 0) {
        tir->force = unit_value(forces, word);
        if (tir->force == 0.0)
            tir_complain(tir, key, "unknown unit ", value, "; newton, kilonewton, pound_force are read");
    } else if (strcmp(lower, "angle") == 0) {
        tir->angle = strcmp(word, "radian") == 0 || strcmp(word, "radians") == 0 || strcmp(word, "rad") == 0;
        if (!tir->angle) tir_complain(tir, key, "", value, " is not read: the coefficients must hold for radians");
    }
}

static void take_model(Tir *tir, const char *key, const char *lower, const char *value)
{
    char word[32];
    word_of(value, word, sizeof word);
    if (strcmp(lower, "property_file_format") == 0) {
        tir->format = strcmp(word, "pac2002") == 0;
        if (!tir->format) tir_complain(tir, key, "", value, " is not read; 'PAC2002' is the only format");
    } else if (strcmp(lower, "tyreside") == 0) {
        int right = strcmp(word, "right") == 0;
        if (!right && strcmp(word, "left") != 0) tir_complain(tir, key, "", value, " is not 'LEFT' or 'RIGHT'");
        if (!is_stated(tir, "tyreside")) tir->tyre->pac.tyreside = right;
    }
}

/* A length, load or stiffness of the vertical sections. */
static void take_size(Tir *tir, const char *key, const char *lower, const char *value)
{
    const struct {
        const char *name, *row; /* of [tyre.*]; null: kept for the radius */
        double si;
        double *kept;
    } sizes[] = {
        {"unloaded_radius", "unloaded_radius", tir->length, NULL},
        {"fnomin", "nominal_load", tir->force, NULL},
        {"fzmax", "fzmax", tir->force, NULL},
        {"vertical_stiffness", NULL, tir->length > 0.0 ? tir->force / tir->length : 0.0, &tir->vertical_stiffness},
        {"breff", NULL, 1.0, &tir->breff},
        {"dreff", NULL, 1.0, &tir->dreff},
        {"freff", NULL, 1.0, &tir->freff},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        double number;
        if (strcmp(lower, sizes[i].name) != 0 || !number_of(tir, key, value, &number)) continue;
        if (sizes[i].si == 0.0) tir_complain(tir, key, "stands before the units; [UNITS] comes first", "", "");
        else if (sizes[i].row) set_key(tir, key, sizes[i].row, number * sizes[i].si);
        else *sizes[i].kept = number * sizes[i].si;
    }
}

typedef void TirTake(Tir *tir, const char *key, const char *lower, const char *value);

/* Sections that count; all others are passed over. */
static const struct {
    const char *name;
    TirTake *take;
} sections[] = {
    {"UNITS", take_unit},
    {"MODEL", take_model},
    {"DIMENSION", take_size},
    {"VERTICAL", take_size},
    {"VERTICAL_FORCE_RANGE", take_size},
    {"SCALING_COEFFICIENTS", take_coefficient},
    {"LONGITUDINAL_COEFFICIENTS", take_coefficient},
    {"LATERAL_COEFFICIENTS", take_coefficient},
    {"ALIGNING_COEFFICIENTS", take_coefficient},
    {"OVERTURNING_COEFFICIENTS", take_coefficient},
    {"ROLLING_COEFFICIENTS", take_coefficient},
};

static TirTake *section_take(const char *name)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (strcmp(name, sections[i].name) == 0) return sections[i].take;
    }
    return NULL;
}

static char *trim(char *text)
{
    while (*text == ' ' || *text == '\t') text++;
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r')) *--end = '\0';
    return text;
}

static void take_section(Tir *tir, char *line)
{
    char *end = strchr(line, ']');
    size_t length = end ? (size_t)(end - line - 1) : 0;
    tir->section[0] = '\0';
    if (!end || end[1] != '\0') {
        tir_complain(tir, "", "a section is written [NAME]", "", "");
    } else if (length > TIR_SECTION_MAX) {
        tir_complain(tir, "", "the section's name is longer than 95 bytes", "", "");
    } else {
        for (size_t i = 0; i < length; i++) tir->section[i] = (char)toupper((unsigned char)line[i + 1]);
        tir->section[length] = '\0';
    }
}

static void take_entry(Tir *tir, char *line)
{
    TirTake *take = section_take(tir->section);
    if (!take) return;
    char lower[TIR_KEY_MAX + 1], *equals = strchr(line, '=');
    if (!equals) {
        tir_complain(tir, "", "\"", line, "\" is neither [SECTION] nor KEY = value");
        return;
    }
    *equals = '\0';
    char *key = trim(line), *value = trim(equals + 1);
    if (*key == '\0' || strlen(key) > TIR_KEY_MAX) {
        tir_complain(tir, "", "a key has 1 to 47 bytes", "", "");
        return;
    }
    lower_case(key, lower, sizeof lower);
    int before = key_line(tir, lower);
    if (before) {
        Text text = {0};
        text_add_int(&text, before);
        tir_complain(tir, key, "stands twice; first in line ", text_bytes(&text), "");
        text_free(&text);
        return;
    }
    if (tir->key_count == TIR_KEYS_MAX) {
        tir_complain(tir, key, "more than 400 keys", "", "");
        return;
    }
    TirKey *kept = &tir->keys[tir->key_count++];
    memcpy(kept->name, lower, sizeof lower);
    kept->line = tir->line;
    take(tir, key, lower, value);
}

/* Cuts the comment off: `$` or `!` outside quotes. */
static void cut_comment(char *line)
{
    char quote = '\0';
    for (char *c = line; *c; c++) {
        if (quote) quote = *c == quote ? '\0' : quote;
        else if (*c == '\'' || *c == '"') quote = *c;
        else if (*c == '$' || *c == '!') {
            *c = '\0';
            return;
        }
    }
}

static void take_line(Tir *tir, char *line)
{
    if (strlen(line) > TIR_LINE_MAX) {
        tir_complain(tir, "", "the line is longer than 1000 bytes", "", "");
        return;
    }
    cut_comment(line);
    line = trim(line);
    for (const char *c = line; *c; c++) {
        if ((unsigned char)*c < 0x7f && ((unsigned char)*c >= 0x20 || *c == '\t')) continue;
        tir_complain(tir, "", "a byte that is no ASCII character stands before the comment", "", "");
        return;
    }
    if (*line == '[') take_section(tir, line);
    else if (*line && *line != '{') take_entry(tir, line);
}

static void read_lines(Tir *tir, char *at)
{
    while (*at) {
        char *line = at, *end = strchr(at, '\n');
        at = end ? end + 1 : at + strlen(at);
        if (end) *end = '\0';
        tir->line++;
        take_line(tir, line);
    }
    tir->line = 0;
    tir->section[0] = '\0';
}

static void missing(const Tir *tir, const char *section, const char *key)
{
    char upper[TIR_KEY_MAX + 1];
    size_t i = 0;
    for (; key[i] && i < TIR_KEY_MAX; i++) upper[i] = (char)toupper((unsigned char)key[i]);
    upper[i] = '\0';
    Place place = {.file = tir->shown, .section = section, .key = upper};
    DIAG_ADD(&tir->loaded->diag, place, "is missing");
}

/* What the file must have: units, format and the coefficients that nothing can replace. */
static void check_complete(const Tir *tir)
{
    const char *const units[] = {"length", "force", "angle"};
    for (int i = 0; i < 3; i++) {
        if (!key_line(tir, units[i])) missing(tir, "UNITS", units[i]);
    }
    if (!key_line(tir, "property_file_format")) missing(tir, "MODEL", "property_file_format");
    if (!key_line(tir, "fnomin") && !is_stated(tir, "nominal_load")) missing(tir, "VERTICAL", "fnomin");
    if (!key_line(tir, "pky1") && !is_stated(tir, "pky1")) missing(tir, "", "pky1");
    for (int i = 0; tyre_pac2002_needed[i]; i++) {
        const char *key = tyre_pac2002_needed[i];
        if (*key != 'l' && !key_line(tir, key) && !is_stated(tir, key)) missing(tir, "", key);
    }
}

/* Effective radius at nominal load, R0 - Fz0/Cz (D atan(B) + F), where the file has what it takes, else R0. */
static void set_radius(const Tir *tir)
{
    const VehicleTyre *tyre = tir->tyre;
    double fall = tir->vertical_stiffness > 0.0 ? tyre->nominal_load / tir->vertical_stiffness : 0.0;
    double radius = tyre->pac.unloaded_radius - fall * (tir->dreff * art_atan(tir->breff) + tir->freff);
    Tir quiet = *tir;
    quiet.line = key_line(tir, "unloaded_radius");
    if (radius > 0.0) set_key(&quiet, "UNLOADED_RADIUS", "radius", radius);
}

/* Says once what of the file has no effect. */
static void note_passed_over(const Tir *tir)
{
    Text line = {0};
    text_add(&line, tir->shown);
    text_add(&line, ": not used, as the model has no camber, pressure, overturning or rolling moment: ");
    text_add(&line, text_bytes(&tir->passed_over));
    text_add(&line, "\n");
    load_note(tir->loaded, line.bytes);
    text_free(&line);
}

void tir_complete(Loaded *loaded, VehicleTyre *tyre)
{
    Text section = {0}, why = {0};
    FileBytes file;
    text_add(&section, "tyre.");
    text_add(&section, tyre->name);
    Tir *tir = memory_new(sizeof *tir);
    tir->loaded = loaded;
    tir->tyre = tyre;
    tir->shown = load_keep(loaded, path_shown(tyre->file));
    const Origin *origin = origins_find(&loaded->origins, LOAD_VEHICLE, section.bytes, "");
    if (origin) tir->origin = *origin; /* the list grows and moves while the file is read */
    long long before = diag_count(&loaded->diag);
    if (!origin || !file_bytes_read(tyre->file, TIR_BYTES_MAX, &file, &why)) {
        tir_complain(tir, "", "", text_bytes(&why), "");
    } else {
        size_t size = strlen(file.bytes);
        if (file.size == 0) tir_complain(tir, "", "the file is empty", "", "");
        else if (bytes_are_utf16(file.bytes, file.size))
            tir_complain(tir, "", "the file is UTF-16 text; save it as UTF-8", "", "");
        else if (size != file.size) tir_complain(tir, "", "the file has a NUL byte; a text file is expected", "", "");
        else read_lines(tir, file.bytes);
        file_bytes_free(&file);
    }
    if (diag_count(&loaded->diag) == before) check_complete(tir);
    if (diag_count(&loaded->diag) == before) set_radius(tir);
    if (tir->passed_over.size) note_passed_over(tir);
    text_free(&tir->passed_over);
    text_free(&section);
    text_free(&why);
    memory_free(tir);
}
