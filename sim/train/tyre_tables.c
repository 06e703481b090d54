/* Rows of [tyre.*]: what every tyre has, what linear, brush and magic_formula share, and the coefficients of pac2002 under
   their names in .tir files, in lower case. The table is their one source: the reader of .tir files (sim/io) looks keys
   up here. A coefficient of pac2002 that nobody states is 0, its scaling factor 1, as that model's own files have it.
   Ignores: what a model needs at least (tyre_check.c). */
#include "sim/train/tyre.h"

static const char *const stiffness_load_names[] = {"usual", "constant", "proportional", "arctangent", NULL};
static const char *const tyreside_names[] = {"left", "right", NULL};

#define REAL PARAM_ROW_REAL
#define CHOICE PARAM_ROW_CHOICE
#define PAC(KEY, MEANING) REAL(T, pac.KEY, #KEY, "1", 0, -1e5, 1e5, 0, "pac2002: " MEANING, "PAC2002")
#define SCALE(KEY, MEANING) REAL(T, pac.KEY, #KEY, "1", 1, 0, 100, 0, "pac2002: scales the " MEANING, "PAC2002")

#define T VehicleTyre
static const ParamField fields[] = {
    CHOICE(T, model, "model", tyre_model_names, TYRE_MAGIC_FORMULA, 0, "how slip becomes force", "MODEL 3"),
    PARAM_ROW_PATH(T, file, "file", "", 0, "a .tir file with the coefficients of pac2002; keys stated here win"),
    REAL(T, radius, "radius", "m", 0.49, 0.05, 2, 0, "effective rolling radius", "MODEL 5 [I]"),
    REAL(T, wheel_inertia, "wheel_inertia", "kgm2", 14, 0.01, 1000, 0, "of one wheel with hub and brake",
         "MODEL 5 [I]"),
    REAL(T, relaxation_y, "relaxation_length", "m", 0.4535, 0, 5, 0, "lateral; 0 = slip without lag",
         "MODEL 3, PAC2002 315/80R22.5"),
    REAL(T, relaxation_x, "relaxation_length_x", "m", 0.822, 0, 5, 0, "longitudinal; 0 = slip without lag",
         "MODEL 3, PAC2002 315/80R22.5"),
    REAL(T, carcass_damping, "carcass_damping", "1", 0.3, 0, 2, 0, "damping ratio of the carcass below 0.5 m/s",
         "MODEL 3 [I]"),
    REAL(T, nominal_load, "nominal_load", "kN", 41.7, 0.1, 500, 0, "load of one wheel at which the values hold",
         "MODEL 5"),
    REAL(T, friction, "friction", "1", 1, 0.05, 3, 0, "largest force over load at nominal load where the road's "
         "friction is 1", "MODEL 3"),
    REAL(T, friction_load, "friction_load", "1", 0.1, 0, 0.5, 0, "loss of friction per relative excess load",
         "MODEL 3"),
    REAL(T, cornering_stiffness, "cornering_stiffness", "kN/rad", 236.1, 0.1, 1e5, 0, "of one wheel at nominal load",
         "MODEL 3, PKY law at 41.7 kN"),
    REAL(T, slip_stiffness, "slip_stiffness", "kN", 619.2, 0, 1e5, 0, "per unit longitudinal slip, one wheel at "
         "nominal load; 0 = the cornering stiffness", "MODEL 3, PKX1 at 41.7 kN"),
    CHOICE(T, stiffness_load, "stiffness_load", stiffness_load_names, STIFFNESS_USUAL, 0, "how both stiffnesses follow "
           "the load; usual: constant for linear, arctangent for brush and magic_formula", "MODEL 3"),
    REAL(T, stiffness_peak_load, "stiffness_peak_load", "1", 3.3343, 0.1, 100, 0, "PKY2: load of the largest "
         "stiffness over the nominal load", "MODEL 3, PAC2002 315/80R22.5"),
    REAL(T, shape_c, "shape_c", "1", 1.5874, 1, 1.99, 0, "C of magic_formula", "MODEL 3, PAC2002 PCY1"),
    REAL(T, shape_e, "shape_e", "1", 0.37562, -10, 0.99, 0, "E of magic_formula", "MODEL 3, PAC2002 PEY1"),
    REAL(T, trail, "trail", "m", 0.06, 0, 0.5, 0, "pneumatic trail at zero slip", "engineering value [I]"),
    REAL(T, pac.unloaded_radius, "unloaded_radius", "m", 0, 0, 3, 0, "pac2002: R0", "PAC2002"),
    REAL(T, pac.fzmax, "fzmax", "kN", 0, 0, 1000, 0, "pac2002: its coefficients hold the load of their laws up to here; "
         "0 = no limit", "PAC2002"),
    REAL(T, pac.reference_friction, "reference_friction", "1", 0.8, 0.05, 2, 0, "pac2002: friction of the road on which its "
         "coefficients hold", "dry road of this simulator, MODEL 3 [I]"),
    CHOICE(T, pac.tyreside, "tyreside", tyreside_names, 0, 0, "pac2002: side it was measured on; the other side's wheels "
           "get the mirror image", "PAC2002"),
    PAC(pcx1, "shape factor of Fx"),
    PAC(pdx1, "friction of Fx at the nominal load"),
    PAC(pdx2, "its change with load"),
    PAC(pex1, "curvature of Fx at the nominal load"),
    PAC(pex2, "its change with load"),
    PAC(pex3, "its change with load squared"),
    PAC(pex4, "its difference between driving and braking"),
    PAC(pkx1, "slip stiffness over load"),
    PAC(pkx2, "its change with load"),
    PAC(pkx3, "its exponent with load"),
    PAC(phx1, "horizontal shift of Fx"),
    PAC(phx2, "its change with load"),
    PAC(pvx1, "vertical shift of Fx over load"),
    PAC(pvx2, "its change with load"),
    PAC(rbx1, "slope of the weighting of Fx by slip angle"),
    PAC(rbx2, "its change with slip"),
    PAC(rcx1, "shape of the same"),
    PAC(rex1, "curvature of the same"),
    PAC(rex2, "its change with load"),
    PAC(rhx1, "shift of the same, rad"),
    PAC(ptx1, "longitudinal relaxation length over radius; 0 = relaxation_length_x"),
    PAC(ptx2, "its change with load"),
    PAC(ptx3, "its exponent with load"),
    PAC(pcy1, "shape factor of Fy"),
    PAC(pdy1, "friction of Fy at the nominal load"),
    PAC(pdy2, "its change with load"),
    PAC(pey1, "curvature of Fy at the nominal load"),
    PAC(pey2, "its change with load"),
    PAC(pey3, "its difference between both signs of slip angle"),
    PAC(pky1, "largest cornering stiffness over the nominal load; negative"),
    PAC(pky2, "load of that over the nominal load"),
    PAC(phy1, "horizontal shift of Fy, rad"),
    PAC(phy2, "its change with load"),
    PAC(pvy1, "vertical shift of Fy over load"),
    PAC(pvy2, "its change with load"),
    PAC(rby1, "slope of the weighting of Fy by slip"),
    PAC(rby2, "its change with slip angle"),
    PAC(rby3, "shift of that, rad"),
    PAC(rcy1, "shape of the same"),
    PAC(rey1, "curvature of the same"),
    PAC(rey2, "its change with load"),
    PAC(rhy1, "shift of the same"),
    PAC(rhy2, "its change with load"),
    PAC(rvy1, "side force by slip over friction force"),
    PAC(rvy2, "its change with load"),
    PAC(rvy4, "its change with slip angle"),
    PAC(rvy5, "its change with slip"),
    PAC(rvy6, "the same, inside the arctangent"),
    PAC(pty1, "lateral relaxation length over radius; 0 = relaxation_length"),
    PAC(pty2, "load of the longest over the nominal load"),
    PAC(qbz1, "slope of the trail"),
    PAC(qbz2, "its change with load"),
    PAC(qbz3, "its change with load squared"),
    PAC(qbz9, "slope of the residual moment"),
    PAC(qbz10, "the same, over B C of Fy"),
    PAC(qcz1, "shape of the trail"),
    PAC(qdz1, "largest trail over radius; 0 = no aligning moment by the trail"),
    PAC(qdz2, "its change with load"),
    PAC(qdz6, "residual moment over load and radius"),
    PAC(qdz7, "its change with load"),
    PAC(qez1, "curvature of the trail"),
    PAC(qez2, "its change with load"),
    PAC(qez3, "its change with load squared"),
    PAC(qez4, "its difference between both signs of slip angle"),
    PAC(qhz1, "shift of the trail, rad"),
    PAC(qhz2, "its change with load"),
    PAC(ssz1, "arm of Fx in the aligning moment over radius"),
    PAC(ssz2, "its change with Fy"),
    SCALE(lfzo, "nominal load"),
    SCALE(lcx, "shape of Fx"),
    SCALE(lmux, "friction of Fx"),
    SCALE(lex, "curvature of Fx"),
    SCALE(lkx, "slip stiffness"),
    SCALE(lhx, "horizontal shift of Fx"),
    SCALE(lvx, "vertical shift of Fx"),
    SCALE(lcy, "shape of Fy"),
    SCALE(lmuy, "friction of Fy"),
    SCALE(ley, "curvature of Fy"),
    SCALE(lky, "cornering stiffness"),
    SCALE(lhy, "horizontal shift of Fy"),
    SCALE(lvy, "vertical shift of Fy"),
    SCALE(ltr, "trail"),
    SCALE(lres, "residual moment"),
    SCALE(ls, "arm of Fx"),
    SCALE(lxal, "slip angle on Fx"),
    SCALE(lyka, "slip on Fy"),
    SCALE(lvyka, "side force by slip"),
    SCALE(lsgkp, "longitudinal relaxation length"),
    SCALE(lsgal, "lateral relaxation length"),
};

enum {
    FIELD_COUNT = (int)(sizeof fields / sizeof fields[0]),
    PAC2002_COUNT = 93 /* the last rows */
};

const ParamTable tyre_table = PARAM_TABLE(VehicleTyre, fields, "a tyre that axles name");
const ParamTable tyre_pac2002_table = {.about = "coefficients of pac2002",
                                       .fields = fields + (FIELD_COUNT - PAC2002_COUNT),
                                       .count = PAC2002_COUNT,
                                       .size = sizeof(VehicleTyre)};
