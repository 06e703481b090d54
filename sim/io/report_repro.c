/* repro.sh: the command that repeats the run from the files beside it, with the options that shape its output. */
#include <string.h>
#include "sim/io/number.h"
#include "sim/io/report.h"

static void repro_write(const ReportInput *input, Text *out)
{
    text_add(out, "#!/bin/sh\n"
                  "# Repeats this run from its own files alone. ARTSIM names the program; arguments are passed on.\n"
                  "cd \"$(dirname \"$0\")\" || exit 2\n"
                  "command -v \"${ARTSIM:=artsim}\" >/dev/null || {\n"
                  "    echo \"$ARTSIM is not on the path: ARTSIM=.../artsim sh $0\" >&2\n"
                  "    exit 2\n"
                  "}\n"
                  "exec \"$ARTSIM\" run resolved.ini");
    if (!input->trace || strcmp(input->trace, "csv") != 0) {
        text_add(out, " --trace ");
        text_add(out, input->trace ? input->trace : "none");
    }
    if (input->sim_limit > 0.0) {
        text_add(out, " --sim-limit ");
        number_add(out, input->sim_limit);
    }
    if (input->rate > 0.0) {
        text_add(out, " --sample ");
        number_add(out, input->rate);
    }
    /* the list holds names of signals, stars, commas and blanks: nothing that ends the quotes */
    if (input->columns) {
        text_add(out, " --columns '");
        text_add(out, input->columns);
        text_add(out, "'");
    }
    text_add(out, " \"$@\"\n");
}

const ReportFormat report_repro = {.file = "repro.sh", .executable = 1, .write = repro_write};
