/* The forces of a tyre by its model's row. Ignores: what a model does with them. */
#include "sim/train/lanes_choice.h"
#include "sim/train/tyre.h"

static const TyreModel *const models[TYRE_KINDS] = {
    [TYRE_LINEAR] = &tyre_linear,
    [TYRE_BRUSH] = &tyre_brush,
    [TYRE_MAGIC_FORMULA] = &tyre_magic_formula,
    [TYRE_PAC2002] = &tyre_pac2002,
};

void tyre_forces(int32_t kind, const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    models[kind]->forces(coefficients, first, count, contacts);
}
