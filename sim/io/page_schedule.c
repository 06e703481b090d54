/* The schedule of a run as a table: each call of each train, in order of arrival. Ignores: stations that were passed. */
#include <math.h>
#include "sim/io/film.h"
#include "sim/io/markup.h"
#include "sim/io/page.h"

/* A moment as hours, minutes and seconds of the run; a dash where there is none. */
static void clock_cell(const char *column, double seconds, Text *out)
{
    if (isnan(seconds)) {
        markup_add(out, "<td class=\"number\" data-of=\"%s\">-</td>", column);
        return;
    }
    long long tenths = llround(10.0 * seconds);
    markup_add(out, "<td class=\"number\" data-of=\"%s\">%lld:%02lld:%02lld.%lld</td>", column, tenths / 36000,
               tenths / 600 % 60, tenths / 10 % 60, tenths % 10);
}

static void number_cell(const char *column, double value, Text *out)
{
    markup_add(out, "<td class=\"number\" data-of=\"%s\">", column);
    if (isnan(value)) text_add(out, "-");
    else markup_add(out, "%+.1f", value);
    text_add(out, "</td>");
}

static void call_row(const Route *route, const FilmCall *call, int arrivals, Text *out)
{
    markup_add(out, "<tr><td class=\"number\" data-of=\"train\">%d</td><td data-of=\"station\">", (int)call->train + 1);
    markup_text(out, route->stations[call->station].name);
    text_add(out, "</td>");
    if (arrivals) clock_cell("planned arrival", call->arrive - call->late_arrival, out);
    clock_cell("arrives", call->arrive, out);
    if (arrivals) number_cell("late arriving, s", call->late_arrival, out);
    clock_cell("planned", call->close - call->late, out);
    clock_cell("doors closed", call->close, out);
    number_cell("late, s", call->late, out);
    number_cell("stop error, cm", 100.0 * call->error, out);
    text_add(out, "</tr>\n");
}

void page_schedule(const RunReport *report, const Film *film, Text *out)
{
    if (!film || film->call_count == 0) return;
    int arrivals = 0; /* 1: the timetable has some */
    for (int i = 0; i < film->call_count; i++) arrivals |= !isnan(film->calls[i].late_arrival);
    text_add(out, "<details><summary>schedule</summary><div class=\"wide\"><table>\n<thead><tr>"
                  "<th class=\"number\">train</th><th>station</th>");
    if (arrivals) text_add(out, "<th class=\"number\">planned arrival</th>");
    text_add(out, "<th class=\"number\">arrives</th>");
    if (arrivals) text_add(out, "<th class=\"number\">late arriving, s</th>");
    text_add(out, "<th class=\"number\">planned</th><th class=\"number\">doors closed</th>"
                  "<th class=\"number\">late, s</th><th class=\"number\">stop error, cm</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < film->call_count; i++)
        call_row(&report->plan->scenario->route, &film->calls[i], arrivals, out);
    text_add(out, "</tbody>\n</table></div>");
    if (film->calls_dropped) markup_add(out, "<p class=\"hint\">%d later calls are not shown</p>", film->calls_dropped);
    text_add(out, "</details>\n");
}
