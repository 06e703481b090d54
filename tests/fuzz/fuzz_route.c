/* Route files: what loads as a route without mistakes is laid out, and each of its tracks becomes marks. */
#include "tests/fuzz/fuzz_file.h"
#include "sim/io/schemas.h"
#include "sim/route/marking.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    LoadRequest request = {.path = fuzz_file(bytes, size, "ini")};
    Loaded *loaded = load_any(&art_kit, &request);
    if (diag_count(&loaded->diag) == 0 && loaded->kind == LOAD_ROUTE) {
        static Alignment alignment;
        const Route *route = loaded->parts[LOAD_ROUTE];
        alignment_build(route, &alignment);
        for (int t = 0; t < route->track_count; t++) {
            if (marking_dash_need(&alignment, t) < 0 || marking_bar_need(&alignment, t) < 0) abort();
        }
    }
    load_free(loaded);
    return 0;
}
