/* The table of report formats. */
#include "sim/io/report.h"

const ReportFormat *const report_formats[] = {&report_repro, &report_perf, &report_html, &report_marks, &report_json, NULL};
