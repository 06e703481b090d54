/* Damaged files: bytes, lines and blocks of the shipped files changed at random (always the same way), and everything
   loaded. The claim is that each load ends with values or with mistakes that name a place, never otherwise; run it in
   the asan preset for the rest. */
#include "tests/unit/io_support.h"
#include "sim/io/resolved.h"
#include "sim/io/schemas.h"

static uint64_t random_state = 20;

static size_t random_below(size_t limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return limit ? (size_t)(random_state >> 33) % limit : 0;
}

static char *read_shipped(const char *name)
{
    Text path = {0};
    text_add(&path, ART_DATA_DIR "/");
    text_add(&path, name);
    char *text = read_text(path.bytes);
    assert_non_null(text);
    text_free(&path);
    return text;
}

/* What a tired or hostile hand types. */
static const char *const words[] = {"\n", "=", "[", "]", ";", "#", "\\\n", "\r", "-1", "1e999", "nan", "0x1", "km/h", " ",
                                    "[axle.99]\n", "extends = x.ini\n", "\xff", "\xef\xbb\xbf", "[vehicle.axle.1]\n",
                                    "999999999999999999999", "file = ../../etc/passwd\n", "@assets/", ",", "."};

static void damage(Text *text)
{
    size_t at = random_below(text->size), length = random_below(40);
    if (at + length > text->size) length = text->size - at;
    const char *word = words[random_below(sizeof words / sizeof words[0])];
    Text damaged = {0};
    text_add_bytes(&damaged, text->bytes, at);
    switch (random_below(5)) {
    case 0: text_add(&damaged, word); break;                                           /* put in */
    case 1: at += length; break;                                                       /* take out */
    case 2: text_add_bytes(&damaged, text->bytes + at, length); break;                 /* repeat */
    case 3: text_add_bytes(&damaged, (const char[]){(char)random_below(256)}, 1); break; /* a byte, NUL too */
    default: text_add_bytes(&damaged, text->bytes + random_below(text->size - length + 1), length); break;
    }
    text_add_bytes(&damaged, text->bytes + at, text->size - at);
    text_free(text);
    *text = damaged;
}

/* Loads the damaged file; what loads must resolve, what does not must name a place. */
static void load_damaged(const char *path)
{
    LoadRequest request = {.path = path};
    Loaded *loaded = load_any(&art_kit, &request);
    for (int i = 0; i < loaded->diag.count; i++) {
        const char *text = loaded->diag.items[i].text;
        if (!strstr(text, ": ")) fail_msg("no place in: %s", text);
    }
    if (diag_count(&loaded->diag) == 0) {
        Text text = {0};
        resolved_text(loaded, &text);
        assert_true(text.size > 0);
        text_free(&text);
    }
    load_free(loaded);
}

static void damaged_files_end_in_values_or_in_mistakes(void **state)
{
    (void)state;
    static const char *const names[] = {"scenarios/zhuzhou_a1.ini", "assets/vehicles/art3.ini",
                                        "assets/routes/zhuzhou_a1.ini"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *whole = read_shipped(names[i]);
        for (int round = 0; round < 150; round++) {
            Text text = {0};
            text_add(&text, whole);
            for (size_t hits = 1 + random_below(6); hits; hits--) damage(&text);
            write_bytes("damaged.ini", text.bytes, text.size);
            text_free(&text);
            load_damaged("damaged.ini");
        }
        free(whole);
    }
}

static void damaged_sets_end_in_values_or_in_mistakes(void **state)
{
    (void)state;
    for (int round = 0; round < 300; round++) {
        Text text = {0};
        text_add(&text, "vehicle.axle.1.steer_limit=20 deg");
        for (size_t hits = 1 + random_below(3); hits; hits--) damage(&text);
        const char *const sets[] = {text_bytes(&text)};
        LoadRequest request = {.path = ART_DATA_DIR "/scenarios/zhuzhou_a1.ini", .sets = sets, .set_count = 1};
        load_free(load_scenario(&art_kit, &request));
        text_free(&text);
    }
}

int main(void)
{
    if (enter_folder("fuzz_load")) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_files_end_in_values_or_in_mistakes),
        cmocka_unit_test(damaged_sets_end_in_values_or_in_mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
