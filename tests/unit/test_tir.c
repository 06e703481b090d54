/* Tyre property files: what is read, what is refused and how that is told, files that mean harm. */
#include "tests/unit/io_support.h"
#include <math.h>
#include "sim/io/file_bytes.h"
#include "sim/io/schemas.h"
#include "sim/train/vehicle.h"

static const char *const vehicle_head =
    "[vehicle]\nname = v\n[module.1]\nlength_front = 4 m\nlength_rear = 4 m\nmass_empty = 10 t\n"
    "[axle.1]\nmodule = 1\nx = 2 m\ntyre = t\n[axle.2]\nmodule = 1\nx = -2 m\ntyre = t\n[tyre.t]\nmodel = "
    "pac2002\nfile = t.tir\n";

static char *shipped; /* the text of the shipped file */

/* Loads a vehicle whose tyre names t.tir; messages go to `out`. */
static Vehicle load_with(const char *more_keys, Text *out)
{
    Text ini = {0};
    text_add(&ini, vehicle_head);
    text_add(&ini, more_keys);
    write_bytes("tir_vehicle.ini", ini.bytes, ini.size);
    LoadRequest request = {.path = "tir_vehicle.ini"};
    Loaded *loaded = load_any(&art_kit, &request);
    diag_text(&loaded->diag, out);
    Vehicle vehicle = *(const Vehicle *)loaded->parts[LOAD_VEHICLE];
    load_free(loaded);
    text_free(&ini);
    return vehicle;
}

/* The shipped file with the first `from` replaced. */
static void save_changed(const char *from, const char *to)
{
    const char *at = strstr(shipped, from);
    assert_non_null(at);
    Text text = {0};
    text_add_bytes(&text, shipped, (size_t)(at - shipped));
    text_add(&text, to);
    text_add(&text, at + strlen(from));
    write_bytes("t.tir", text.bytes, text.size);
    text_free(&text);
}

static void expect_message(const char *expected)
{
    Text out = {0};
    load_with("", &out);
    if (!out.size || !strstr(out.bytes, expected)) {
        print_error("expected: %s\n     got: %s\n", expected, text_bytes(&out));
        fail();
    }
    text_free(&out);
}

static void expect_refused(const char *from, const char *to, const char *expected)
{
    save_changed(from, to);
    expect_message(expected);
}

static VehicleTyre expect_good(const char *from, const char *to, const char *more_keys)
{
    Text out = {0};
    save_changed(from, to);
    VehicleTyre tyre = load_with(more_keys, &out).tyres[0];
    if (out.size) fail_msg("no message expected, got: %s", out.bytes);
    return tyre;
}

static void expect_number(const char *what, double actual, double expected)
{
    if (fabs(actual - expected) <= 1e-12 * fabs(expected)) return;
    print_error("%s: %.17g, expected %.17g\n", what, actual, expected);
    fail();
}

static void the_shipped_file_fills_the_tyre(void **unused)
{
    (void)unused;
    VehicleTyre tyre = expect_good("RCX1", "RCX1", "");
    expect_number("nominal load", tyre.nominal_load, 35e3);
    expect_number("unloaded radius", tyre.pac.unloaded_radius, 0.548);
    expect_number("largest load", tyre.pac.fzmax, 78750.0);
    expect_number("pky1", tyre.pac.pky1, -10.289);
    expect_number("rby3", tyre.pac.rby3, 1.1547e-5);
    expect_number("qez4", tyre.pac.qez4, 4.3583);
    expect_number("effective radius", tyre.radius, 0.548 - 0.035 * (0.5 * atan(3.5) - 0.005));
}

static void what_the_section_states_wins_over_the_file(void **unused)
{
    (void)unused;
    VehicleTyre tyre = expect_good("RCX1", "RCX1", "lky = 0.8\nradius = 0.5 m\npcy1 = 1.3\nnominal_load = 40 kN\n");
    expect_number("lky", tyre.pac.lky, 0.8);
    expect_number("radius", tyre.radius, 0.5);
    expect_number("pcy1", tyre.pac.pcy1, 1.3);
    expect_number("nominal load", tyre.nominal_load, 40e3);
    expect_number("pdy1", tyre.pac.pdy1, 0.73957);
}

static void units_are_honoured_or_refused(void **unused)
{
    (void)unused;
    VehicleTyre tyre = expect_good("'newton'", "\"kilonewton\"", "nominal_load = 35 kN\nfzmax = 0\n");
    expect_number("radius by stiffness in kN/m", tyre.radius, 0.548 - 35e3 / 1e9 * (0.5 * atan(3.5) - 0.005));
    tyre = expect_good("LENGTH             = 'meter'", "length = mm", "radius = 0.5 m\nunloaded_radius = 0.548 m\n");
    expect_number("radius", tyre.pac.unloaded_radius, 0.548);
    expect_refused("'newton'", "'ounce'", "t.tir:5: [UNITS] FORCE: unknown unit 'ounce'; newton");
    expect_refused("'radian'", "'degree'",
                   "t.tir:6: [UNITS] ANGLE: 'degree' is not read: the coefficients must hold for "
                   "radians");
    expect_refused("FORCE              = 'newton'\n", "", "stands before the units; [UNITS] comes first");
    expect_refused("ANGLE              = 'radian'\n", "", "t.tir: [UNITS] ANGLE: is missing");
    expect_refused("'PAC2002'", "'MF_TYRE'",
                   "[MODEL] PROPERTY_FILE_FORMAT: 'MF_TYRE' is not read; 'PAC2002' is the only");
    expect_refused("'LEFT'", "'MIDDLE'", "[MODEL] TYRESIDE: 'MIDDLE' is not 'LEFT' or 'RIGHT'");
}

static void missing_coefficients_are_named(void **unused)
{
    (void)unused;
    expect_refused("PCX1               = 1.7204\n", "", "t.tir: PCX1: is missing");
    expect_refused("FNOMIN             = 35000\n", "", "t.tir: [VERTICAL] FNOMIN: is missing");
    expect_refused("PKY1               = -10.289\n", "", "t.tir: PKY1: is missing");
    expect_refused("RBY1               = 13.271\n", "", "t.tir: RBY1: is missing");
    expect_refused("PKY1               = -10.289", "PKY1 = 10.289", "[tyre.t] pky1: pac2002 needs it, below 0");
    expect_refused("PCY1               = 1.5874", "PCY1 = 2.5", "[tyre.t] pcy1: must stay below 2");
    VehicleTyre tyre = expect_good("RHX1               = 0.0045181\n", "", "");
    expect_number("a shift that is missing", tyre.pac.rhx1, 0.0);
}

static void mistakes_are_told_with_their_line(void **unused)
{
    (void)unused;
    expect_refused("PDX2 ", "PDX22 ",
                   "[LONGITUDINAL_COEFFICIENTS] PDX22: unknown coefficient of PAC2002 (did you mean "
                   "\"pdx2\"?)");
    expect_refused("= -0.24431", "= -0,24431", "PDX2: \"-0,24431\" is no finite decimal number");
    expect_refused("= -0.24431", "=", "PDX2: has no value");
    expect_refused("= -0.24431", "= nan", "PDX2: \"nan\" is no finite decimal number");
    expect_refused("= -0.24431", "= 0x1p3", "PDX2: \"0x1p3\" is no finite");
    expect_refused("= -0.24431", "= 1e999", "PDX2: \"1e999\" is no finite");
    expect_refused("= -0.24431", "= 1e9", "PDX2: is out of range; allowed: -100000 to 100000");
    expect_refused("PDX2               = -0.24431", "PDX1 = 1", "PDX1: stands twice; first in line 57");
    expect_refused("[MODEL]", "[MODEL", "a section is written [NAME]");
    expect_refused("PDX2               = -0.24431", "PDX2 -0.24431",
                   "\"PDX2 -0.24431\" is neither [SECTION] nor KEY = value");
}

static void forms_that_other_programs_write_are_read(void **unused)
{
    (void)unused;
    expect_good("WIDTH", "! a comment $ and more\nWIDTH", "");
    expect_good("[DIMENSION]\n", "[dimension]\r\n", "");
    expect_good("PCX1 ", "pcx1 ", "");
    expect_good("$ 315", "$ \xb5 in a comment, Latin-1: 315", "");
    expect_good("[SCALING",
                "[SHAPE]\n{radial width}\n 1.0 0.0\n 1.0 0.4\n[DEFLECTION_LOAD_CURVE]\n{pen fz}\n0 0\n[SCALING", "");
    expect_good("PDX2 ", "PPX3 = 0.1\nQSX5 = 3\nPDX2 ", "");
}

static void files_that_mean_harm_are_refused(void **unused)
{
    (void)unused;
    write_bytes("t.tir", "", 0);
    expect_message("t.tir: the file is empty");
    write_bytes("t.tir", "[UNITS]\0[MODEL]", 15);
    expect_message("t.tir: the file has a NUL byte");
    write_bytes("t.tir", "\xff\xfe[\0U\0", 6);
    expect_message("t.tir: the file is UTF-16 text; save it as UTF-8");
    write_bytes("t.tir", "[\0U\0N\0", 6);
    expect_message("t.tir: the file is UTF-16 text; save it as UTF-8");
    expect_refused("[UNITS]", "\xef\xbb\xbf[UNITS]", "a byte that is no ASCII character");
    expect_refused("PCX1 ", "PCX1\x1b[31m ", "a byte that is no ASCII character");
    Text many = {0};
    for (int i = 0; i < 2000; i++) text_add(&many, "[UNITS]= ");
    write_bytes("t.tir", many.bytes, many.size);
    expect_message("t.tir:1: the line is longer than 1000 bytes");
    many.size = 0;
    text_add(&many, "[SCALING_COEFFICIENTS]\n");
    for (int i = 0; i < 500; i++) {
        text_add(&many, "qsx");
        text_add_int(&many, i);
        text_add(&many, " = 0\n");
    }
    write_bytes("t.tir", many.bytes, many.size);
    expect_message("more than 400 keys");
    text_free(&many);
    unlink("t.tir");
    expect_message("t.tir");
    assert_int_equal(mkdir("t.tir", 0700), 0);
    expect_message("is a folder; a text file is expected");
    assert_int_equal(rmdir("t.tir"), 0);
    write_bytes("t.tir", "", 0);
    assert_int_equal(truncate("t.tir", 1L << 30), 0);
    expect_message("is too large: 1073741824 bytes");
    unlink("t.tir");
}

static void damaged_files_never_do_more_than_complain(void **unused)
{
    (void)unused;
    size_t size = strlen(shipped);
    uint32_t seed = 12345;
    char *copy = memory_copy(shipped);
    for (int i = 0; i < 300; i++) {
        memcpy(copy, shipped, size);
        for (int j = 0; j < 5; j++) {
            seed = seed * 1664525u + 1013904223u;
            copy[(seed >> 8) % size] = (char)(seed >> 24);
        }
        write_bytes("t.tir", copy, size);
        Text out = {0};
        load_with("", &out);
        text_free(&out);
    }
    memory_free(copy);
}

static void coefficients_without_effect_are_named(void **unused)
{
    (void)unused;
    save_changed("RCX1", "RCX1");
    Text ini = {0};
    text_add(&ini, vehicle_head);
    write_bytes("tir_vehicle.ini", ini.bytes, ini.size);
    LoadRequest request = {.path = "tir_vehicle.ini"};
    Loaded *loaded = load_any(&art_kit, &request);
    assert_string_equal(
        text_bytes(&loaded->notes),
        "t.tir: not used, as the model has no camber, pressure, overturning or rolling moment: PDX3, PDY3, "
        "PEY4, PKY3, PHY3, PVY3, PVY4, RVY3, QBZ4, QBZ5, QDZ3, QDZ4, QDZ8, QDZ9, QEZ5, QHZ3, QHZ4, SSZ3, "
        "SSZ4\n");
    load_free(loaded);
    text_free(&ini);
}

static void a_file_for_another_model_is_refused(void **unused)
{
    (void)unused;
    save_changed("RCX1", "RCX1");
    Text out = {0};
    load_with("trail = 0.05 m\n[tyre.u]\nmodel = brush\nfile = t.tir\n", &out);
    if (!strstr(text_bytes(&out), "[tyre.u] file: is for model = pac2002 alone")) fail_msg("got: %s", text_bytes(&out));
    text_free(&out);
}

int main(void)
{
    FileBytes file;
    Text why = {0};
    if (!file_bytes_read(ART_DATA_DIR "/assets/tyres/315_80R22_5.tir", 1 << 20, &file, &why)) return 1;
    shipped = file.bytes;
    if (enter_folder("tir")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_file_fills_the_tyre),
        cmocka_unit_test(what_the_section_states_wins_over_the_file),
        cmocka_unit_test(units_are_honoured_or_refused),
        cmocka_unit_test(missing_coefficients_are_named),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(forms_that_other_programs_write_are_read),
        cmocka_unit_test(files_that_mean_harm_are_refused),
        cmocka_unit_test(damaged_files_never_do_more_than_complain),
        cmocka_unit_test(coefficients_without_effect_are_named),
        cmocka_unit_test(a_file_for_another_model_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
