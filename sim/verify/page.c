/* The results as a table for a terminal, as JSON and as one HTML page with its plots. Ignores: how to style a page beyond
   what a phone needs. */
#include <string.h>
#include "sim/io/number.h"
#include "sim/io/markup.h"
#include "sim/verify/verify.h"

static const char *const relation[FIGURE_KINDS] = {"=", "&lt;=", "&gt;=", ""};
static const char *const relation_plain[FIGURE_KINDS] = {"=", "<=", ">=", ""};

/* How many cases of a group ran; `results` begins at its first. */
static int ran(const VerifyResult *results, const VerifyGroup *group)
{
    int count = 0;
    for (int c = 0; c < group->count; c++) count += !results[c].left_out;
    return count;
}

void verify_table(const VerifyResult *results, Text *out)
{
    for (int g = 0, n = 0; g < VERIFY_GROUPS; g++) {
        if (ran(results + n, verify_groups[g])) markup_add(out, "%s\n", verify_groups[g]->name);
        for (int c = 0; c < verify_groups[g]->count; c++, n++) {
            const VerifyResult *result = &results[n];
            if (result->left_out) continue;
            markup_add(out, "  %s  %s\n", verify_passes(result) ? "pass" : "FAIL", verify_groups[g]->cases[c].claim);
            for (int i = 0; i < result->figure_count; i++) {
                const Figure *f = &result->figures[i];
                markup_add(out, "        %s %-44s %.9g %s %.9g", figure_passes(f) ? " " : "!", f->what, f->computed,
                           relation_plain[f->kind], f->expected);
                if (f->kind == FIGURE_NEAR) markup_add(out, " +- %.2g", f->tolerance);
                markup_add(out, " %s%s%s\n", f->unit, f->note[0] ? "; " : "", f->note);
            }
        }
    }
}

void verify_json(const VerifyResult *results, Text *out)
{
    text_add(out, "{\"figures\": [");
    const char *comma = "\n";
    for (int g = 0, n = 0; g < VERIFY_GROUPS; g++) {
        for (int c = 0; c < verify_groups[g]->count; c++, n++) {
            for (int i = 0; i < results[n].figure_count; i++) {
                const Figure *f = &results[n].figures[i];
                text_add(out, comma);
                text_add(out, "  {\"case\": ");
                text_add_json(out, verify_groups[g]->cases[c].name);
                text_add(out, ", \"what\": ");
                text_add_json(out, f->what);
                text_add(out, ", \"unit\": ");
                text_add_json(out, f->unit);
                text_add(out, ", \"relation\": ");
                text_add_json(out, relation_plain[f->kind]);
                text_add(out, ", \"expected\": ");
                number_add(out, f->expected);
                text_add(out, ", \"computed\": ");
                number_add(out, f->computed);
                text_add(out, ", \"note\": ");
                text_add_json(out, f->note);
                text_add(out, ", \"tolerance\": ");
                number_add(out, f->tolerance);
                text_add(out, figure_passes(f) ? ", \"pass\": true}" : ", \"pass\": false}");
                comma = ",\n";
            }
        }
    }
    text_add(out, "\n]}\n");
}

static void markdown_case(const VerifyCase *row, const VerifyResult *result, Text *out)
{
    markup_add(out, "\n### %s\n\n%s: %s.\n\n| what | unit | expected | computed | |\n|---|---|---|---|---|\n", row->name,
               verify_passes(result) ? "Holds" : "Missed", row->claim);
    for (int i = 0; i < result->figure_count; i++) {
        const Figure *f = &result->figures[i];
        markup_add(out, "| %s | %s | ", f->what, f->unit);
        if (f->kind != FIGURE_SHOWN) markup_add(out, "%s %.4g", relation_plain[f->kind], f->expected);
        if (f->kind == FIGURE_NEAR) markup_add(out, " +- %.2g", f->tolerance);
        markup_add(out, " | %.4g | %s%s |\n", f->computed, figure_passes(f) ? "" : "missed; ", f->note);
    }
    if (result->note.size > 0) markup_add(out, "\n%s\n", text_bytes(&result->note));
}

void verify_markdown(const VerifyResult *results, const char *command, Text *out)
{
    markup_add(out, "# Figures\n\nMade by `%s.\n", command);
    for (int g = 0, n = 0; g < VERIFY_GROUPS; n += verify_groups[g++]->count) {
        const VerifyGroup *group = verify_groups[g];
        if (ran(results + n, group)) markup_add(out, "\n## %s\n\n%s\n", group->name, group->about);
        for (int c = 0; c < group->count; c++)
            if (!results[n + c].left_out) markdown_case(&group->cases[c], &results[n + c], out);
    }
}

static void page_case(const VerifyCase *row, const VerifyResult *result, Text *out)
{
    markup_add(out, "<h3>%s</h3>\n<p class=\"%s\">%s: ", row->name, verify_passes(result) ? "pass" : "fail",
               verify_passes(result) ? "pass" : "fail");
    markup_text(out, row->claim);
    text_add(out, "</p>\n<p class=\"source\">Source: ");
    markup_text(out, row->source);
    text_add(out, "</p>\n<div class=\"wide\"><table>\n<tr><th>figure</th><th>computed</th><th></th><th>expected</th>"
                  "<th>difference</th><th>tolerance or spread</th></tr>\n");
    for (int i = 0; i < result->figure_count; i++) {
        const Figure *f = &result->figures[i];
        markup_add(out, "<tr class=\"%s\"><td>", figure_passes(f) ? "pass" : "fail");
        markup_text(out, f->what);
        markup_add(out, " %s</td><td>%.9g</td><td>%s</td><td>%.9g</td><td>%.3g</td><td>", f->unit, f->computed,
                   relation[f->kind], f->expected, f->computed - f->expected);
        if (f->kind == FIGURE_NEAR) markup_add(out, "%.3g", f->tolerance);
        markup_text(out, f->note);
        text_add(out, "</td></tr>\n");
    }
    text_add(out, "</table></div>\n");
    if (result->plot.x_label) plot_svg(&result->plot, out);
    if (result->note.size > 0) {
        text_add(out, "<p>");
        markup_text(out, text_bytes(&result->note));
        text_add(out, "</p>\n");
    }
}

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>artsim verify</title>\n<style>\n"
    "body{font:16px/1.5 sans-serif;max-width:52em;margin:1em auto;padding:0 1em;color:#222}\n"
    "table{border-collapse:collapse}td,th{padding:.2em .6em;text-align:left;border-bottom:1px solid #ddd}\n"
    ".wide{overflow-x:auto}.source{color:#555}p.fail,tr.fail td{color:#b00020}p.pass{color:#06623b}svg{max-width:100%;"
    "height:auto}"
    "svg path{fill:none;stroke:#222;stroke-width:1.6}svg path.grid{stroke:#ddd;stroke-width:1}"
    "svg path.dashed{stroke-dasharray:7 5}"
    "svg .c0{stroke:#0072b2}svg .d0{fill:#0072b2}svg .c1{stroke:#d55e00}svg .d1{fill:#d55e00}"
    "svg .c2{stroke:#009e73}svg .d2{fill:#009e73}svg .c3{stroke:#cc79a7}svg .d3{fill:#cc79a7}"
    "svg .c4{stroke:#e69f00}svg .d4{fill:#e69f00}svg .c5{stroke:#56b4e9}svg .d5{fill:#56b4e9}"
    "svg .c6{stroke:#000000}svg .d6{fill:#000000}svg .c7{stroke:#7a7a7a}svg .d7{fill:#7a7a7a}"
    "svg .c8{stroke:#882255}svg .d8{fill:#882255}svg .c9{stroke:#44aa99}svg .d9{fill:#44aa99}"
    "svg .c10{stroke:#aa4499}svg .d10{fill:#aa4499}svg .c11{stroke:#999933}svg .d11{fill:#999933}"
    ".t0{color:#0072b2}.t1{color:#d55e00}.t2{color:#009e73}.t3{color:#cc79a7}"
    ".t4{color:#e69f00}.t5{color:#56b4e9}.t6{color:#000000}.t7{color:#7a7a7a}"
    ".t8{color:#882255}.t9{color:#44aa99}.t10{color:#aa4499}.t11{color:#999933}"
    "\n</style>\n</head>\n<body>\n<h1>What the model was held against</h1>\n";

static const char page_limits[] =
    "<h2>What is not modelled</h2>\n<p>Heave and pitch angle of the bodies, suspension travel of each wheel, unevenness of the "
    "road apart from ruts and cant, camber, tyre temperature and wear, compliance of bodies and hinges, heat "
    "of the brakes, polarisation and ageing of the battery. Manoeuvres are driven open loop: there is no driver who corrects.</p>\n"
    "<h2>What is not validated here</h2>\n<p>No measurement of a real train enters: none is public. Tyres, roll, battery and "
    "brakes have the published form of their models and engineering values; no test track has seen them. Closed forms show "
    "that the equations are solved as written, not that the vehicle is like this. The published cases are models too, linear "
    "ones. The linear analysis is about straight running with wheels that roll freely; that of the guided train has perfect "
    "measurements. The unit tests hold further closed forms of the tyres, the brakes, roll and the multi-body "
    "equations.</p>\n</body>\n</html>\n";

void verify_page(const VerifyResult *results, Text *out)
{
    text_add(out, page_head);
    for (int g = 0, n = 0; g < VERIFY_GROUPS; g++) {
        if (ran(results + n, verify_groups[g]))
            markup_add(out, "<h2>%s</h2>\n<p>%s</p>\n", verify_groups[g]->name, verify_groups[g]->about);
        for (int c = 0; c < verify_groups[g]->count; c++, n++)
            if (!results[n].left_out) page_case(&verify_groups[g]->cases[c], &results[n], out);
    }
    text_add(out, page_limits);
}
