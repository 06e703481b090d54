/* report.html of one run. Ignores: batches, whose page has many of the same parts. */
#include "sim/io/page.h"
#include "sim/io/report.h"

static void html_write(const ReportInput *input, Text *out)
{
    if (!input->film) return;
    const Scenario *scenario = input->run->plan->scenario;
    const char *name = *scenario->spec.head.name ? scenario->spec.head.name : "unnamed";
    page_head(name, *scenario->route.head.inferred != '\0', out);
    page_run(input->run, input->film, name, "artsim explain . (in this folder)", out);
    page_script(out);
    page_tail(out);
}

const ReportFormat report_html = {.file = "report.html", .write = html_write};
