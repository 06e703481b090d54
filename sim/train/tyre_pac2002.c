/* PAC2002 (Magic Formula 5.2): pure slip F = D sin(C atan(B x - E (B x - atan(B x)))) + S_V, x = slip + S_H; combined by
   the weighting functions G = cos(C atan(B s - E (B s - atan(B s)))) over their value at s = S_H; the side force by slip
   S_Vyk; aligning moment by pneumatic trail, residual moment and the arm of Fx; relaxation lengths by PTX and PTY; scaling
   factors. Load enters by df = (Fz - F0')/F0', F0' = LFZO F0. The road's friction over the reference friction scales as
   LMUX and LMUY do. Wheels on the side where the tyre was not measured get the mirror image, one wheel for both the
   symmetric part. Quotients by the load are taken analytically, so forces go to zero with it. Sources: Pacejka, Tire and
   Vehicle Dynamics, app. 3; PAC2002 user's guide (names and signs; W axes as here). Ignores: camber (taken as zero),
   turn slip, overturning and rolling moments, inflation pressure. */
#include "sim/train/lanes.h"
#include "sim/base/elementary.h"
#include "sim/train/tyre.h"

/* coefficients as used: scaled, and for the measured side mirrored */
enum {
    PAC_INVERSE_LOAD, PAC_LOAD_MAX, PAC_INVERSE_ROAD,
    PAC_CX, PAC_DX1, PAC_DX2, PAC_EX1, PAC_EX2, PAC_EX3, PAC_EX4, PAC_KX1, PAC_KX2, PAC_KX3,
    PAC_HX1, PAC_HX2, PAC_VX1, PAC_VX2, PAC_PEAK_X,
    PAC_GX_B1, PAC_GX_B2, PAC_GX_C, PAC_GX_E1, PAC_GX_E2, PAC_GX_H1,
    PAC_CY, PAC_DY1, PAC_DY2, PAC_EY1, PAC_EY2, PAC_EY3, PAC_KY, PAC_INVERSE_KY2,
    PAC_HY1, PAC_HY2, PAC_VY1, PAC_VY2, PAC_PEAK_Y,
    PAC_GY_B1, PAC_GY_B2, PAC_GY_B3, PAC_GY_C, PAC_GY_E1, PAC_GY_E2, PAC_GY_H1, PAC_GY_H2,
    PAC_SV1, PAC_SV2, PAC_SV4, PAC_SV5, PAC_SV6,
    PAC_TB1, PAC_TB2, PAC_TB3, PAC_TC, PAC_TD1, PAC_TD2, PAC_TE1, PAC_TE2, PAC_TE3, PAC_TE4, PAC_TH1, PAC_TH2,
    PAC_RB9, PAC_RB10, PAC_RD6, PAC_RD7, PAC_ARM1, PAC_ARM2,
    PAC_SX0, PAC_SX1, PAC_SX2, PAC_SX3, PAC_SY0, PAC_SY1, PAC_INVERSE_SY2,
    PAC_COUNT
};
_Static_assert((int)PAC_COUNT <= (int)TYRE_COEFFICIENTS_MAX, "coefficients fit");

#define SMALL 1e-9         /* arguments below count as zero: there sin(C atan u)/(C b) is 1 to 1e-17 */
#define FRICTION_MIN 1e-12 /* of the road and of the load law: keeps divisions finite */
#define STIFFNESS_MIN 1e-3 /* floor of K/Fz */

/* Argument u at which sin(C atan u) peaks, inverted; 0 where it never does. */
static double inverse_peak(double c)
{
    return c > 1.0 ? 1.0 / art_tan(0.5 * ART_PI / c) : 0.0;
}

static void prepare_pure(const Pac2002 *p, double side, double *c)
{
    c[PAC_CX] = p->pcx1 * p->lcx;
    c[PAC_DX1] = p->pdx1 * p->lmux;
    c[PAC_DX2] = p->pdx2 * p->lmux;
    c[PAC_EX1] = p->pex1 * p->lex;
    c[PAC_EX2] = p->pex2 * p->lex;
    c[PAC_EX3] = p->pex3 * p->lex;
    c[PAC_EX4] = p->pex4;
    c[PAC_KX1] = p->pkx1 * p->lkx;
    c[PAC_KX2] = p->pkx2 * p->lkx;
    c[PAC_KX3] = p->pkx3;
    c[PAC_HX1] = p->phx1 * p->lhx;
    c[PAC_HX2] = p->phx2 * p->lhx;
    c[PAC_VX1] = p->pvx1 * p->lvx * p->lmux;
    c[PAC_VX2] = p->pvx2 * p->lvx * p->lmux;
    c[PAC_PEAK_X] = inverse_peak(c[PAC_CX]);
    c[PAC_CY] = p->pcy1 * p->lcy;
    c[PAC_DY1] = p->pdy1 * p->lmuy;
    c[PAC_DY2] = p->pdy2 * p->lmuy;
    c[PAC_EY1] = p->pey1 * p->ley;
    c[PAC_EY2] = p->pey2 * p->ley;
    c[PAC_EY3] = p->pey3 * side;
    c[PAC_KY] = 2.0 * p->pky1 * p->lky / p->pky2; /* K_y/Fz at no load */
    c[PAC_INVERSE_KY2] = 1.0 / p->pky2;
    c[PAC_HY1] = p->phy1 * p->lhy * side;
    c[PAC_HY2] = p->phy2 * p->lhy * side;
    c[PAC_VY1] = p->pvy1 * p->lvy * p->lmuy * side;
    c[PAC_VY2] = p->pvy2 * p->lvy * p->lmuy * side;
    c[PAC_PEAK_Y] = inverse_peak(c[PAC_CY]);
}

static void prepare_combined(const Pac2002 *p, double side, double *c)
{
    c[PAC_GX_B1] = p->rbx1 * p->lxal;
    c[PAC_GX_B2] = p->rbx2;
    c[PAC_GX_C] = p->rcx1;
    c[PAC_GX_E1] = p->rex1;
    c[PAC_GX_E2] = p->rex2;
    c[PAC_GX_H1] = p->rhx1 * side;
    c[PAC_GY_B1] = p->rby1 * p->lyka;
    c[PAC_GY_B2] = p->rby2;
    c[PAC_GY_B3] = p->rby3 * side;
    c[PAC_GY_C] = p->rcy1;
    c[PAC_GY_E1] = p->rey1;
    c[PAC_GY_E2] = p->rey2;
    c[PAC_GY_H1] = p->rhy1;
    c[PAC_GY_H2] = p->rhy2;
    c[PAC_SV1] = p->rvy1 * p->lvyka * side;
    c[PAC_SV2] = p->rvy2 * p->lvyka * side;
    c[PAC_SV4] = p->rvy4;
    c[PAC_SV5] = p->rvy5;
    c[PAC_SV6] = p->rvy6;
}

static void prepare_moment(const Pac2002 *p, double side, double inverse_load, double *c)
{
    c[PAC_TB1] = p->qbz1 * p->lky / p->lmuy;
    c[PAC_TB2] = p->qbz2 * p->lky / p->lmuy;
    c[PAC_TB3] = p->qbz3 * p->lky / p->lmuy;
    c[PAC_TC] = p->qcz1;
    c[PAC_TD1] = p->qdz1 * p->unloaded_radius * inverse_load * p->ltr;
    c[PAC_TD2] = p->qdz2 * p->unloaded_radius * inverse_load * p->ltr;
    c[PAC_TE1] = p->qez1;
    c[PAC_TE2] = p->qez2;
    c[PAC_TE3] = p->qez3;
    c[PAC_TE4] = p->qez4 * side * (2.0 / ART_PI);
    c[PAC_TH1] = p->qhz1 * side;
    c[PAC_TH2] = p->qhz2 * side;
    c[PAC_RB9] = p->qbz9 * p->lky / p->lmuy;
    c[PAC_RB10] = p->qbz10;
    c[PAC_RD6] = p->qdz6 * p->unloaded_radius * p->lres * p->lmuy * side;
    c[PAC_RD7] = p->qdz7 * p->unloaded_radius * p->lres * p->lmuy * side;
    c[PAC_ARM1] = p->ssz1 * p->unloaded_radius * p->ls * side;
    c[PAC_ARM2] = p->ssz2 * p->unloaded_radius * p->ls * inverse_load;
}

/* Relaxation lengths at a load, m; 0 where PTX or PTY is not given. */
static double sigma_x(const VehicleTyre *tyre, double load)
{
    const Pac2002 *p = &tyre->pac;
    double df = load / (tyre->nominal_load * p->lfzo) - 1.0;
    return load * (p->ptx1 + p->ptx2 * df) * art_exp(-p->ptx3 * df) * (p->unloaded_radius / tyre->nominal_load) * p->lsgkp;
}

static double sigma_y(const VehicleTyre *tyre, double load)
{
    const Pac2002 *p = &tyre->pac;
    if (p->pty1 == 0.0 || p->pty2 <= 0.0) return 0.0;
    double t = load / (p->pty2 * tyre->nominal_load * p->lfzo);
    return p->pty1 * 2.0 * t / (1.0 + t * t) * p->unloaded_radius * p->lfzo * p->lsgal;
}

static void pac_relaxation(const VehicleTyre *tyre, double *relaxation_x, double *relaxation_y)
{
    double x = sigma_x(tyre, tyre->nominal_load), y = sigma_y(tyre, tyre->nominal_load);
    *relaxation_x = x > 0.0 ? x : tyre->relaxation_x;
    *relaxation_y = y > 0.0 ? y : tyre->relaxation_y;
}

/* Law of load of the relaxation lengths, over their lengths at nominal load: c0 + Fz (c1 + c2 df) exp(-c3 df), and d0 +
   d1 t/(1 + t^2). */
static void prepare_relaxation(const VehicleTyre *tyre, double *c)
{
    const Pac2002 *p = &tyre->pac;
    double x = sigma_x(tyre, tyre->nominal_load), y = sigma_y(tyre, tyre->nominal_load);
    double per_load = x > 0.0 ? p->unloaded_radius * p->lsgkp / (tyre->nominal_load * x) : 0.0;
    c[PAC_SX0] = x > 0.0 ? 0.0 : 1.0;
    c[PAC_SX1] = p->ptx1 * per_load;
    c[PAC_SX2] = p->ptx2 * per_load;
    c[PAC_SX3] = -p->ptx3;
    c[PAC_SY0] = y > 0.0 ? 0.0 : 1.0;
    c[PAC_SY1] = y > 0.0 ? 2.0 * p->pty1 * p->unloaded_radius * p->lfzo * p->lsgal / y : 0.0;
    c[PAC_INVERSE_SY2] = y > 0.0 ? 1.0 / p->pty2 : 0.0;
}

static void pac_prepare(const VehicleTyre *tyre, TyreCoefficients *coefficients)
{
    const Pac2002 *p = &tyre->pac;
    double *c = coefficients->value, side = p->tyreside ? -1.0 : 1.0;
    c[PAC_INVERSE_LOAD] = 1.0 / (tyre->nominal_load * p->lfzo);
    c[PAC_LOAD_MAX] = p->fzmax > 0.0 ? p->fzmax : 1e30;
    c[PAC_INVERSE_ROAD] = 1.0 / p->reference_friction;
    prepare_pure(p, side, c);
    prepare_combined(p, side, c);
    prepare_moment(p, side, c[PAC_INVERSE_LOAD], c);
    prepare_relaxation(tyre, c);
}

/* What a block of wheels has of slip and load. */
typedef struct Contact {
    real kappa, slope, alpha; /* slope = tan alpha */
    real load, df, t;         /* N, -, Fz/F0' */
    real road, side;          /* friction over the reference, 1 left wheel, -1 right, 0 both */
    real forward;             /* 1 .. -1 backward: turns what tells driving from braking */
} Contact;

/* A pure force: D sin(C atan u) at its argument. */
typedef struct Pure {
    real force;     /* N, without vertical shift */
    real ratio;     /* secant over the slope at zero */
    real stiffness; /* N per slip and N of load, signed */
    real most;      /* N: D */
    real past;      /* argument over that of the peak */
} Pure;

static inline real bend(real b, real e)
{
    return b - e * (b - real_atan(b));
}

static inline real sign_of(real x)
{
    return real_select(x < 0.0, real_of(-1.0), real_of(1.0));
}

/* `mu` with the road's friction, `e` before its limit of 1. */
static inline Pure pure_force(double shape, double inverse_peak_argument, real load, real mu, real stiffness, real e,
                              real x)
{
    real b = stiffness / (shape * real_max(mu, real_of(FRICTION_MIN))) * x;
    real u = bend(b, real_min(e, real_of(1.0)));
    real wave = real_sin(shape * real_atan(u));
    real_mask small = real_abs(b) < SMALL;
    real ratio = real_select(small, real_of(1.0), wave / real_select(small, real_of(1.0), shape * b));
    real most = mu * load;
    return (Pure){most * wave, ratio, stiffness, most, real_abs(u) * inverse_peak_argument};
}

static inline Pure pure_x(const double *c, const Contact *k)
{
    real mu = real_max(c[PAC_DX1] + c[PAC_DX2] * k->df, real_of(FRICTION_MIN)) * k->road;
    real stiffness = real_max((c[PAC_KX1] + c[PAC_KX2] * k->df) * lanes_exp(c[PAC_KX3] * k->df), real_of(STIFFNESS_MIN));
    real x = k->kappa + k->forward * (c[PAC_HX1] + c[PAC_HX2] * k->df);
    real e = (c[PAC_EX1] + k->df * (c[PAC_EX2] + c[PAC_EX3] * k->df)) * (1.0 - c[PAC_EX4] * k->forward * sign_of(x));
    return pure_force(c[PAC_CX], c[PAC_PEAK_X], k->load, mu, stiffness, e, x);
}

static inline real shift_y(const double *c, const Contact *k)
{
    return k->side * (c[PAC_HY1] + c[PAC_HY2] * k->df);
}

static inline Pure pure_y(const double *c, const Contact *k)
{
    real mu = real_max(c[PAC_DY1] + c[PAC_DY2] * k->df, real_of(FRICTION_MIN)) * k->road;
    real t = k->t * c[PAC_INVERSE_KY2];
    real x = k->alpha + shift_y(c, k);
    real e = (c[PAC_EY1] + c[PAC_EY2] * k->df) * (1.0 - k->side * c[PAC_EY3] * sign_of(x));
    return pure_force(c[PAC_CY], c[PAC_PEAK_Y], k->load, mu, c[PAC_KY] / (1.0 + t * t), e, x);
}

static inline real weighting(double shape, real slope, real e, real slip, real shift)
{
    real at = real_cos(shape * real_atan(bend(slope * (slip + shift), real_min(e, real_of(1.0)))));
    return real_max(at / real_cos(shape * real_atan(bend(slope * shift, real_min(e, real_of(1.0))))), real_of(0.0));
}

static inline real weight_x(const double *c, const Contact *k)
{
    real turn = c[PAC_GX_B2] * k->kappa;
    return weighting(c[PAC_GX_C], c[PAC_GX_B1] / real_sqrt(1.0 + turn * turn), c[PAC_GX_E1] + c[PAC_GX_E2] * k->df,
                     k->alpha, k->side * c[PAC_GX_H1]);
}

static inline real weight_y(const double *c, const Contact *k)
{
    real turn = c[PAC_GY_B2] * (k->alpha - k->side * c[PAC_GY_B3]);
    return weighting(c[PAC_GY_C], c[PAC_GY_B1] / real_sqrt(1.0 + turn * turn), c[PAC_GY_E1] + c[PAC_GY_E2] * k->df,
                     k->kappa, k->forward * (c[PAC_GY_H1] + c[PAC_GY_H2] * k->df));
}

/* Side force that slip alone makes. */
static inline real force_by_slip(const double *c, const Contact *k, real most)
{
    real turn = c[PAC_SV4] * k->alpha;
    return most * k->forward * k->side * (c[PAC_SV1] + c[PAC_SV2] * k->df) / real_sqrt(1.0 + turn * turn) *
           real_sin(c[PAC_SV5] * real_atan(c[PAC_SV6] * k->kappa));
}

/* tan of an angle beside alpha */
static inline real tangent(real angle)
{
    real sine, cosine;
    real_sincos(angle, &sine, &cosine);
    return sine / cosine;
}

static inline real moment(const double *c, const Contact *k, const Pure *x, const Pure *y, real shift_force, real fx,
                          real fy, real by_slip)
{
    real road = real_max(k->road, real_of(1e-3));
    real cosine = 1.0 / real_sqrt(1.0 + k->slope * k->slope);
    real slip = x->stiffness / y->stiffness * k->kappa, square = slip * slip;

    /* trail */
    real at = k->alpha + k->side * (c[PAC_TH1] + c[PAC_TH2] * k->df), tan_t = tangent(at);
    real b = (c[PAC_TB1] + k->df * (c[PAC_TB2] + c[PAC_TB3] * k->df)) / road;
    real e = (c[PAC_TE1] + k->df * (c[PAC_TE2] + c[PAC_TE3] * k->df)) *
             (1.0 + k->side * c[PAC_TE4] * real_atan(b * c[PAC_TC] * at));
    real equivalent = b * real_atan(real_sqrt(tan_t * tan_t + square)) * sign_of(at);
    real trail = k->load * (c[PAC_TD1] + c[PAC_TD2] * k->df) * cosine *
                 real_cos(c[PAC_TC] * real_atan(bend(equivalent, real_min(e, real_of(1.0)))));

    /* residual moment */
    real per_load = real_select(k->load > 0.0, shift_force / real_select(k->load > 0.0, k->load, real_of(1.0)),
                                real_of(0.0));
    real tan_r = tangent(k->alpha + shift_y(c, k) + per_load / y->stiffness);
    real slope_r = c[PAC_RB9] / road +
                   c[PAC_RB10] * y->stiffness * k->load / real_max(y->most, real_of(FRICTION_MIN));
    real turn = slope_r * real_atan(real_sqrt(tan_r * tan_r + square));
    real residual = k->side * k->load * (c[PAC_RD6] + c[PAC_RD7] * k->df) * k->road * cosine / real_sqrt(1.0 + turn * turn);
    real arm = k->forward * (k->side * c[PAC_ARM1] + c[PAC_ARM2] * fy);
    return residual + arm * fx - trail * (fy - by_slip);
}

static inline Contact contact_of(const double *c, int i, const TyreContacts *contacts)
{
    Contact k;
    k.kappa = lanes_load(contacts->slip_x + i);
    k.slope = lanes_load(contacts->slip_y + i);
    k.alpha = real_atan(k.slope);
    k.load = lanes_load(contacts->load + i);
    k.t = k.load * c[PAC_INVERSE_LOAD];
    k.df = real_min(k.load, real_of(c[PAC_LOAD_MAX])) * c[PAC_INVERSE_LOAD] - 1.0;
    k.road = real_max(lanes_load(contacts->friction + i) * c[PAC_INVERSE_ROAD], real_of(FRICTION_MIN));
    k.side = lanes_load(contacts->side + i);
    k.forward = 1.0 - lanes_load(contacts->backing + i);
    return k;
}

/* what of the friction is used: 1 past the peak of the combined slip */
static inline real use_of(const Pure *x, const Pure *y, real fx, real fy)
{
    real ux = fx / real_max(x->most, real_of(FRICTION_MIN)), uy = fy / real_max(y->most, real_of(FRICTION_MIN));
    real share = real_min(real_sqrt(ux * ux + uy * uy), real_of(1.0));
    return real_select(x->past * x->past + y->past * y->past > 1.0, real_of(1.0), share);
}

static inline void pac_block(const double *c, int i, TyreContacts *contacts)
{
    Contact k = contact_of(c, i, contacts);
    Pure x = pure_x(c, &k), y = pure_y(c, &k);
    real gx = weight_x(c, &k), gy = weight_y(c, &k);
    real shift_x = k.forward * k.load * (c[PAC_VX1] + c[PAC_VX2] * k.df) * k.road;
    real shift = k.side * k.load * (c[PAC_VY1] + c[PAC_VY2] * k.df) * k.road;
    real by_slip = force_by_slip(c, &k, y.most);
    real fx = gx * (x.force + shift_x), fy = gy * (y.force + shift) + by_slip;
    real t = k.t * c[PAC_INVERSE_SY2];
    real sigma_law_x = c[PAC_SX0] + k.load * (c[PAC_SX1] + c[PAC_SX2] * k.df) * lanes_exp(c[PAC_SX3] * k.df);
    real sigma_law_y = c[PAC_SY0] + c[PAC_SY1] * t / (1.0 + t * t);
    lanes_store(contacts->fx + i, fx);
    lanes_store(contacts->fy + i, fy);
    lanes_store(contacts->mz + i, moment(c, &k, &x, &y, shift, fx, fy, by_slip));
    lanes_store(contacts->use + i, use_of(&x, &y, fx, fy));
    lanes_store(contacts->slope_x + i, gx * x.ratio * x.stiffness * k.load);
    lanes_store(contacts->slope_y + i, -gy * y.ratio * y.stiffness * k.load);
    lanes_store(contacts->grip_x + i, gx * x.ratio * real_max(sigma_law_x, real_of(0.0)));
    lanes_store(contacts->grip_y + i, gy * y.ratio * real_max(sigma_law_y, real_of(0.0)));
}

static void pac_forces(const TyreCoefficients *coefficients, int first, int count, TyreContacts *contacts)
{
    for (int i = first; i < first + count; i += ART_LANES) pac_block(coefficients->value, i, contacts);
}

static void pac_stiffness(const TyreCoefficients *coefficients, double load, double *slope_x, double *slope_y)
{
    const double *c = coefficients->value;
    double t = load * c[PAC_INVERSE_LOAD] * c[PAC_INVERSE_KY2];
    double df = (load < c[PAC_LOAD_MAX] ? load : c[PAC_LOAD_MAX]) * c[PAC_INVERSE_LOAD] - 1.0;
    double per_load = (c[PAC_KX1] + c[PAC_KX2] * df) * art_exp(c[PAC_KX3] * df);
    *slope_x = load * (per_load > STIFFNESS_MIN ? per_load : STIFFNESS_MIN);
    *slope_y = -load * c[PAC_KY] / (1.0 + t * t);
}

const TyreModel tyre_pac2002 = {pac_prepare, pac_forces, pac_stiffness, pac_relaxation};
