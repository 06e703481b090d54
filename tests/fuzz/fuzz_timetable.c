/* Timetables: what is read has a row for each call of a round or of all rounds, and its times are finite and not in the
   past of the row before. */
#include "sim/io/timetable_csv.h"
#include <string.h>
#include "tests/fuzz/fuzz_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static Route route;
    static ServiceTime times[SERVICE_TIMES_MAX];
    TimetableCalls calls = {.route = &route, .stations = {0, 1, 1, 0}, .count = 4, .rounds = 3};
    Diag diag = {0};
    route.station_count = 2;
    strcpy(route.stations[0].name, "North");
    strcpy(route.stations[1].name, "South");
    const char *name = fuzz_file(bytes, size, "csv");
    int rows = timetable_csv_read(name, name, &calls, &diag, times);
    if (rows != 0 && rows != 4 && rows != 12) abort();
    if ((rows == 0) != (diag_count(&diag) > 0)) abort();
    double last = -1.0;
    for (int i = 0; i < rows; i++) {
        double first = times[i].arrive >= 0.0 ? times[i].arrive : times[i].depart;
        double then = times[i].depart >= 0.0 ? times[i].depart : times[i].arrive;
        if (first < 0.0) continue;
        if (!(first > last) || !(then >= first) || !(then < 1e6)) abort();
        last = then;
    }
    diag_free(&diag);
    return 0;
}
