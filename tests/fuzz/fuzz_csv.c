/* Drive profiles: a profile that is read gives finite values at any time. */
#include "tests/fuzz/fuzz_file.h"
#include "sim/io/profile_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Diag diag = {0};
    Profile profile = {0};
    const char *name = fuzz_file(bytes, size, "csv");
    if (profile_csv_read(name, name, 6, &diag, &profile)) {
        double values[PROFILE_COLUMNS_MAX];
        for (int i = -1; i < 8; i++) {
            profile_at(&profile, (double)i * 0.7, values);
            for (int c = 0; c < profile.columns; c++) {
                if (!(values[c] - values[c] == 0.0)) abort();
            }
        }
    }
    profile_csv_free(&profile);
    diag_free(&diag);
    return 0;
}
