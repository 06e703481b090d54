/* perf.json: the wall clock, the machine and the process; nothing else of a run holds any of these. */
#include <unistd.h>
#include "sim/io/number.h"
#include "sim/io/report.h"
#include "sim/io/version.h"

enum { HOST_SIZE = 256 };

static void perf_write(const ReportInput *input, Text *out)
{
    const RunPerformance *performance = input->performance;
    const RunReport *run = input->run;
    char host[HOST_SIZE] = "";
    gethostname(host, sizeof host - 1);
    text_add(out, "{\n  \"started_unix_s\": ");
    text_add_int(out, performance->started);
    text_add(out, ",\n  \"load_s\": ");
    number_add(out, performance->load_s);
    text_add(out, ",\n  \"run_s\": ");
    number_add(out, performance->run_s);
    text_add(out, ",\n  \"times_real_time\": ");
    number_add(out, performance->run_s > 0.0 ? run->sim_time / performance->run_s : 0.0);
    text_add(out, ",\n  \"ns_per_step\": ");
    number_add(out, run->ticks > 0 ? 1e9 * performance->run_s / (double)run->ticks : 0.0);
    text_add(out, ",\n  \"version\": ");
    text_add_json(out, ART_VERSION);
    text_add(out, ",\n  \"compiler\": ");
    text_add_json(out, ART_COMPILER);
    text_add(out, ",\n  \"host\": ");
    text_add_json(out, host);
    text_add(out, ",\n  \"pid\": ");
    text_add_int(out, (long long)getpid());
    text_add(out, "\n}\n");
}

const ReportFormat report_perf = {.file = "perf.json", .write = perf_write};
