/* Scenario and vehicle files: whatever the bytes are, the load ends with values or with mistakes; what loads
   resolves, and conditions, events, faults, expectations and sweep are compiled wherever there is something to
   judge them by. */
#include "tests/fuzz/fuzz_file.h"
#include "sim/io/expect_text.h"
#include "sim/io/resolved.h"
#include "sim/io/schemas.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    LoadRequest request = {.path = fuzz_file(bytes, size, "ini")};
    Loaded *loaded = load_any(&art_kit, &request);
    if (diag_count(&loaded->diag) == 0) {
        Text text = {0};
        resolved_text(loaded, &text);
        text_free(&text);
    }
    if (loaded->kind == LOAD_SCENARIO) texts_check(loaded);
    Text mistakes = {0};
    diag_text(&loaded->diag, &mistakes);
    text_free(&mistakes);
    load_free(loaded);
    return 0;
}
