/* perf.json: the wall clock, the machine and the process; nothing else of a run holds any of these. */
#include <unistd.h>
#include "sim/io/json.h"
#include "sim/io/report.h"
#include "sim/io/version.h"

enum { HOST_SIZE = 256 };

void report_perf_end(Text *out)
{
    char host[HOST_SIZE] = "";
    gethostname(host, sizeof host - 1);
    json_text_key(out, ",\n  ", "version", ART_VERSION);
    json_text_key(out, ",\n  ", "compiler", ART_COMPILER);
    json_text_key(out, ",\n  ", "host", host);
    json_number_key(out, ",\n  ", "pid", (double)getpid());
    text_add(out, "\n}\n");
}

static void perf_write(const ReportInput *input, Text *out)
{
    const RunPerformance *performance = input->performance;
    const RunReport *run = input->run;
    double took = performance->run_s;
    json_number_key(out, "{\n  ", "started_unix_s", (double)performance->started);
    json_number_key(out, ",\n  ", "load_s", performance->load_s);
    json_number_key(out, ",\n  ", "run_s", took);
    json_number_key(out, ",\n  ", "times_real_time", took > 0.0 ? run->sim_time / took : 0.0);
    json_number_key(out, ",\n  ", "ns_per_step", run->ticks > 0 ? 1e9 * took / (double)run->ticks : 0.0);
    report_perf_end(out);
}

const ReportFormat report_perf = {.file = "perf.json", .write = perf_write};
