/* Small dense matrices. Fixed order of operations: each sum goes over its terms in order, whatever stays in registers. */
#include "sim/guide/linear.h"
#include "sim/base/assert.h"
#include "sim/base/real.h"
#include <string.h>

enum { BLOCK = 10 };
_Static_assert(LINEAR_MAX % BLOCK == 0, "blocks of columns fill a row");

void matrix_zero(Matrix *m, int rows, int columns)
{
    ART_ASSERT(rows <= LINEAR_MAX && columns <= LINEAR_MAX);
    memset(m->at, 0, (size_t)rows * sizeof m->at[0]);
    m->rows = rows;
    m->columns = columns;
}

void matrix_identity(Matrix *m, int size)
{
    matrix_zero(m, size, size);
    for (int i = 0; i < size; i++) m->at[i][i] = 1.0;
}

/* target += factor * row, two columns at a time: a pair fits a register of the processor. */
static void add_row(double *restrict target, const double *restrict row, double factor, int columns)
{
    int j = 0;
    for (; j < columns - 1; j += 2) {
        target[j] += factor * row[j];
        target[j + 1] += factor * row[j + 1];
    }
    if (j < columns) target[j] += factor * row[j];
}

/* Ten columns of a row of the product, whose sums stay in registers; each goes over k in order. What lies behind the last
   column is worked out too, and never read. */
static void multiply_block(const double *factors, const Matrix *b, int column, double *result)
{
    RealPair sum[BLOCK / 2] = {{0.0}};
    for (int k = 0; k < b->rows; k++) {
        if (factors[k] == 0.0) continue;
        RealPair factor = {factors[k], factors[k]};
        const double *row = &b->at[k][column];
        for (int p = 0; p < BLOCK / 2; p++) sum[p] += factor * pair_load(row + 2 * p);
    }
    for (int p = 0; p < BLOCK / 2; p++) pair_store(result + 2 * p, sum[p]);
}

void matrix_multiply(const Matrix *a, const Matrix *b, Matrix *product)
{
    ART_ASSERT(a->columns == b->rows && a->rows <= LINEAR_MAX && b->columns <= LINEAR_MAX);
    product->rows = a->rows;
    product->columns = b->columns;
    for (int i = 0; i < a->rows; i++)
        for (int j = 0; j < b->columns; j += BLOCK) multiply_block(a->at[i], b, j, &product->at[i][j]);
}

void matrix_transpose(const Matrix *a, Matrix *transposed)
{
    matrix_zero(transposed, a->columns, a->rows);
    for (int i = 0; i < a->rows; i++)
        for (int j = 0; j < a->columns; j++) transposed->at[j][i] = a->at[i][j];
}

void matrix_multiply_transposed(const Matrix *a, const Matrix *b, Matrix *product)
{
    Matrix transposed;
    matrix_transpose(b, &transposed);
    matrix_multiply(a, &transposed, product);
}

void matrix_add_scaled(Matrix *sum, const Matrix *a, double scale)
{
    for (int i = 0; i < sum->rows; i++)
        for (int j = 0; j < sum->columns; j++) sum->at[i][j] += scale * a->at[i][j];
}

static void swap_rows(Matrix *m, int a, int b)
{
    for (int j = 0; j < m->columns; j++) {
        double keep = m->at[a][j];
        m->at[a][j] = m->at[b][j];
        m->at[b][j] = keep;
    }
}

int matrix_solve(Matrix *a, Matrix *b)
{
    int n = a->rows;
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++)
            if (__builtin_fabs(a->at[i][k]) > __builtin_fabs(a->at[pivot][k])) pivot = i;
        if (a->at[pivot][k] == 0.0) return 0;
        if (pivot != k) {
            swap_rows(a, k, pivot);
            swap_rows(b, k, pivot);
        }
        double inverse = 1.0 / a->at[k][k];
        for (int i = k + 1; i < n; i++) {
            double factor = a->at[i][k] * inverse;
            if (factor == 0.0) continue;
            add_row(&a->at[i][k], &a->at[k][k], -factor, n - k);
            add_row(b->at[i], b->at[k], -factor, b->columns);
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        double inverse = 1.0 / a->at[k][k];
        for (int i = k + 1; i < n; i++) add_row(b->at[k], b->at[i], -a->at[k][i], b->columns);
        for (int j = 0; j < b->columns; j++) b->at[k][j] *= inverse;
    }
    return 1;
}

void matrix_exponential(const Matrix *a, double t, Matrix *result)
{
    int n = a->rows, squarings = 0;
    double norm = 0.0;
    for (int i = 0; i < n; i++) {
        double row = 0.0;
        for (int j = 0; j < n; j++) row += __builtin_fabs(a->at[i][j] * t);
        if (row > norm) norm = row;
    }
    double scale = t;
    for (; norm > 0.5 && squarings < 60; squarings++) {
        norm *= 0.5;
        scale *= 0.5;
    }
    Matrix term, next;
    matrix_identity(&term, n);
    matrix_identity(result, n);
    for (int k = 1; k <= 12; k++) {
        matrix_multiply(&term, a, &next);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) next.at[i][j] *= scale / k;
        matrix_add_scaled(result, &next, 1.0);
        term = next;
    }
    for (int k = 0; k < squarings; k++) {
        matrix_multiply(result, result, &next);
        *result = next;
    }
}

static void side_by_side(const Matrix *left, const Matrix *right, Matrix *both)
{
    int n = left->columns;
    both->rows = left->rows;
    both->columns = n + right->columns;
    for (int i = 0; i < both->rows; i++) {
        memcpy(both->at[i], left->at[i], (size_t)n * sizeof(double));
        memcpy(&both->at[i][n], right->at[i], (size_t)right->columns * sizeof(double));
    }
}

int riccati_solve(const Matrix *a0, const Matrix *g0, const Matrix *q, Matrix *p)
{
    Matrix a = *a0, g = *g0, h = *q, w, wa = *a0, wg = *g0, both, at, product, step;
    int n = a.rows;
    ART_ASSERT(2 * n <= LINEAR_MAX);
    for (int k = 1; k <= 40; k++) {
        /* W = (I + G H)^-1 applied to A and to G */
        matrix_multiply(&g, &h, &w);
        for (int i = 0; i < n; i++) w.at[i][i] += 1.0;
        side_by_side(&a, &g, &both);
        if (!matrix_solve(&w, &both)) return 0;
        for (int i = 0; i < n; i++) {
            memcpy(wa.at[i], both.at[i], (size_t)n * sizeof(double));
            memcpy(wg.at[i], &both.at[i][n], (size_t)n * sizeof(double));
        }
        matrix_transpose(&a, &at);
        /* H += A' H W A */
        matrix_multiply(&h, &wa, &product);
        matrix_multiply(&at, &product, &step);
        matrix_add_scaled(&h, &step, 1.0);
        double change = 0.0, size = 0.0;
        for (int i = 0; i < n; i++) {
            change += __builtin_fabs(step.at[i][i]);
            size += __builtin_fabs(h.at[i][i]);
        }
        /* G += A W G A' */
        matrix_multiply(&a, &wg, &product);
        matrix_multiply(&product, &at, &step);
        matrix_add_scaled(&g, &step, 1.0);
        matrix_multiply(&a, &wa, &product);
        a = product;
        if (!(size < 1e150)) return 0; /* a mode that no control reaches grows without end */
        if (change <= 1e-12 * size) {
            *p = h;
            return k;
        }
    }
    return 0;
}
