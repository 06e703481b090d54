/* The table of tyre models: one row each, in the order of TyreKind. */
#include "sim/train/tyre.h"
#include <stddef.h>

const char *const tyre_model_names[] = {"linear", "magic_formula", NULL};

const TyreModel *const tyre_models[TYRE_KINDS] = {
    [TYRE_LINEAR] = &tyre_linear,
    [TYRE_MAGIC_FORMULA] = &tyre_magic_formula,
};
