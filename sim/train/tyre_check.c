/* Tyres that each row alone allows but whose model cannot be computed: coefficients that are missing (0), curves without a
   peak or with the wrong sign. Source: the formulas of tyre_pac2002.c. Ignores: whether the figures fit a real tyre. */
#include "sim/train/tyre.h"
#include <stddef.h>

const char *const tyre_pac2002_needed[] = {"unloaded_radius",
                                           "pcx1",
                                           "pdx1",
                                           "pkx1",
                                           "pcy1",
                                           "pdy1",
                                           "pky2",
                                           "rbx1",
                                           "rcx1",
                                           "rby1",
                                           "rcy1",
                                           "lfzo",
                                           "lcx",
                                           "lmux",
                                           "lkx",
                                           "lcy",
                                           "lmuy",
                                           "lky",
                                           NULL};

static void check_pac2002(const VehicleTyre *tyre, const char *section, Complaints *complaints)
{
    const Pac2002 *p = &tyre->pac;
    for (int i = 0; tyre_pac2002_needed[i]; i++) {
        double value = param_get(param_find(&tyre_pac2002_table, tyre_pac2002_needed[i]), tyre);
        if (value <= 0.0) complain(complaints, section, 0, tyre_pac2002_needed[i], "pac2002 needs it, above 0");
    }
    if (p->pky1 >= 0.0) {
        complain(complaints, section, 0, "pky1",
                 "pac2002 needs it, below 0: a positive slip angle gives a negative force");
    }
    if (p->pcx1 * p->lcx >= 2.0)
        complain(complaints, section, 0, "pcx1", "must stay below 2: the force would change its sign");
    if (p->pcy1 * p->lcy >= 2.0)
        complain(complaints, section, 0, "pcy1", "must stay below 2: the force would change its sign");
    if (p->rcx1 >= 1.9 || p->rcy1 >= 1.9) {
        complain(complaints, section, 0, p->rcx1 >= 1.9 ? "rcx1" : "rcy1", "must stay below 1.9: about 1 is usual");
    }
}

void tyre_check(const Vehicle *vehicle, Complaints *complaints)
{
    for (int i = 0; i < vehicle->tyre_count; i++) {
        const VehicleTyre *tyre = &vehicle->tyres[i];
        char section[sizeof complaints->items[0].section] = "tyre.";
        for (size_t j = 5, k = 0; j + 1 < sizeof section && tyre->name[k]; j++, k++) section[j] = tyre->name[k];
        if (tyre->model == TYRE_PAC2002) check_pac2002(tyre, section, complaints);
        if (tyre->file[0] && tyre->model != TYRE_PAC2002) {
            complain(complaints, section, 0, "file", "is for model = pac2002 alone");
        }
    }
}
