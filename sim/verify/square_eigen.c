/* Eigenvalues of a real matrix: rows and columns are balanced by powers of two, the matrix is brought to Hessenberg form
   by elimination with pivots, then Francis' double-shift QR splits off one real or two conjugate values at a time.
   Source: Golub and Van Loan, Matrix Computations, 7.4 and 7.5; the EISPACK routines of the same purpose. Ignores:
   eigenvectors. */
#include <float.h>
#include <math.h>
#include "sim/verify/square.h"

#define AT(I, J) m->at[(I)*m->size + (J)]
enum { ROUNDS_MAX = 400 /* clusters of zeros that delays give take many */, EXCEPTIONAL = 10 };

static void balance(Square *m)
{
    int n = m->size;
    for (int settled = 0; !settled;) {
        settled = 1;
        for (int i = 0; i < n; i++) {
            double row = 0.0, column = 0.0, factor = 1.0;
            for (int j = 0; j < n; j++) {
                if (j == i) continue;
                row += fabs(AT(i, j));
                column += fabs(AT(j, i));
            }
            if (row == 0.0 || column == 0.0) continue;
            double before = row + column;
            for (; column < 0.5 * row; column *= 4.0) factor *= 2.0;
            for (; column > 2.0 * row; column *= 0.25) factor *= 0.5;
            if ((column + row) / factor >= 0.95 * before) continue;
            settled = 0;
            for (int j = 0; j < n; j++) AT(i, j) /= factor;
            for (int j = 0; j < n; j++) AT(j, i) *= factor;
        }
    }
}

static void exchange(double *a, double *b)
{
    double keep = *a;
    *a = *b;
    *b = keep;
}

static void to_hessenberg(Square *m)
{
    int n = m->size;
    for (int k = 1; k < n - 1; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++) {
            if (fabs(AT(i, k - 1)) > fabs(AT(pivot, k - 1))) pivot = i;
        }
        if (AT(pivot, k - 1) == 0.0) continue;
        for (int j = k - 1; j < n && pivot != k; j++) exchange(&AT(pivot, j), &AT(k, j));
        for (int i = 0; i < n && pivot != k; i++) exchange(&AT(i, pivot), &AT(i, k));
        for (int i = k + 1; i < n; i++) {
            double factor = AT(i, k - 1) / AT(k, k - 1);
            if (factor == 0.0) continue;
            for (int j = k - 1; j < n; j++) AT(i, j) -= factor * AT(k, j);
            for (int j = 0; j < n; j++) AT(j, k) += factor * AT(j, i);
            AT(i, k - 1) = 0.0;
        }
    }
}

/* Root of the sum of squares. */
static double size_of(const Square *m)
{
    double sum = 0.0;
    for (int i = 0; i < m->size * m->size; i++) sum += m->at[i] * m->at[i];
    return sqrt(sum);
}

/* The first row of the unreduced block that ends in row `last`. What rounding of the whole matrix hides counts as nothing:
   delays give clusters of zeros that would never split off by their neighbours alone. */
static int block_begin(Square *m, int last, double size)
{
    for (int l = last; l > 0; l--) {
        double beside = fabs(AT(l - 1, l - 1)) + fabs(AT(l, l));
        if (fabs(AT(l, l - 1)) > DBL_EPSILON * fmax(beside, size)) continue;
        AT(l, l - 1) = 0.0;
        return l;
    }
    return 0;
}

/* Both values of the 2 x 2 block that ends in row `last`, moved by the shifts taken so far. */
static void pair_values(const Square *m, int last, double shift, Eigenvalue *values)
{
    double x = AT(last, last), w = AT(last, last - 1) * AT(last - 1, last);
    double p = 0.5 * (AT(last - 1, last - 1) - x), q = p * p + w, z = sqrt(fabs(q));
    x += shift;
    if (q < 0.0) {
        values[last - 1] = (Eigenvalue){x + p, -z};
        values[last] = (Eigenvalue){x + p, z};
        return;
    }
    z = p + copysign(z, p);
    values[last - 1] = (Eigenvalue){x + z, 0.0};
    values[last] = (Eigenvalue){z != 0.0 ? x - w / z : x + z, 0.0};
}

/* Applies the reflection of (p, q, r) to rows and columns k .. k + 2 of the block first .. last. */
static void reflect(Square *m, int k, int first, int last, const double p3[3], double s)
{
    int three = k != last - 1;
    double p = p3[0] + s, x = p / s, y = p3[1] / s, z = p3[2] / s, q = p3[1] / p, r = p3[2] / p;
    for (int j = k; j <= last; j++) {
        double sum = AT(k, j) + q * AT(k + 1, j) + (three ? r * AT(k + 2, j) : 0.0);
        if (three) AT(k + 2, j) -= sum * z;
        AT(k + 1, j) -= sum * y;
        AT(k, j) -= sum * x;
    }
    int end = last < k + 3 ? last : k + 3;
    for (int i = first; i <= end; i++) {
        double sum = x * AT(i, k) + y * AT(i, k + 1) + (three ? z * AT(i, k + 2) : 0.0);
        if (three) AT(i, k + 2) -= sum * r;
        AT(i, k + 1) -= sum * q;
        AT(i, k) -= sum;
    }
}

/* One double-shift sweep over rows first .. last; x, y, w: the shifts' sum parts and product. */
static void francis(Square *m, int first, int last, double x, double y, double w)
{
    double v[3] = {0.0, 0.0, 0.0};
    int begin = last - 2;
    for (;; begin--) {
        double z = AT(begin, begin), r = x - z, s = y - z;
        v[0] = (r * s - w) / AT(begin + 1, begin) + AT(begin, begin + 1);
        v[1] = AT(begin + 1, begin + 1) - z - r - s;
        v[2] = AT(begin + 2, begin + 1);
        double scale = fabs(v[0]) + fabs(v[1]) + fabs(v[2]);
        for (int i = 0; i < 3; i++) v[i] /= scale;
        if (begin == first) break;
        double small = fabs(AT(begin, begin - 1)) * (fabs(v[1]) + fabs(v[2]));
        double great = fabs(v[0]) * (fabs(AT(begin - 1, begin - 1)) + fabs(z) + fabs(AT(begin + 1, begin + 1)));
        if (small <= DBL_EPSILON * great) break;
    }
    for (int i = begin + 2; i <= last; i++) {
        AT(i, i - 2) = 0.0;
        if (i > begin + 2) AT(i, i - 3) = 0.0;
    }
    for (int k = begin; k < last; k++) {
        double scale = 0.0;
        if (k > begin) {
            v[0] = AT(k, k - 1);
            v[1] = AT(k + 1, k - 1);
            v[2] = k < last - 1 ? AT(k + 2, k - 1) : 0.0;
            scale = fabs(v[0]) + fabs(v[1]) + fabs(v[2]);
            if (scale == 0.0) continue;
            for (int i = 0; i < 3; i++) v[i] /= scale;
        }
        double s = copysign(sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), v[0]);
        if (s == 0.0) continue;
        if (k > begin) AT(k, k - 1) = -s * scale;
        else if (first != begin) AT(k, k - 1) = -AT(k, k - 1);
        reflect(m, k, first, last, v, s);
    }
}

int square_eigenvalues(Square *m, Eigenvalue *values)
{
    balance(m);
    to_hessenberg(m);
    double shift = 0.0, size = size_of(m);
    for (int last = m->size - 1, rounds = 0; last >= 0;) {
        int first = block_begin(m, last, size);
        if (first >= last - 1) {
            if (first == last) values[last] = (Eigenvalue){AT(last, last) + shift, 0.0};
            else pair_values(m, last, shift, values);
            last = first - 1;
            rounds = 0;
            continue;
        }
        if (rounds++ == ROUNDS_MAX) return 0;
        double x = AT(last, last), y = AT(last - 1, last - 1), w = AT(last, last - 1) * AT(last - 1, last);
        if (rounds % EXCEPTIONAL == 0) { /* a shift out of the blue where the usual one runs in a circle */
            shift += x;
            for (int i = 0; i <= last; i++) AT(i, i) -= x;
            double s = fabs(AT(last, last - 1)) + fabs(AT(last - 1, last - 2));
            x = y = 0.75 * s;
            w = -0.4375 * s * s;
        }
        francis(m, first, last, x, y, w);
    }
    return 1;
}
