/* Dense square matrices. Exponential: scaling, a Taylor series of degree 14, squaring. Ignores: sparsity, blocking; the
   largest matrix here has some two hundred rows. Eigenvalues are in square_eigen.c. */
#include "sim/verify/square.h"
#include <math.h>
#include <string.h>
#include "sim/io/text.h"

Square square_new(int size)
{
    return (Square){size, memory_new((size_t)size * (size_t)size * sizeof(double) + 1)};
}

Square square_copy(const Square *m)
{
    Square copy = square_new(m->size);
    memcpy(copy.at, m->at, (size_t)m->size * (size_t)m->size * sizeof *m->at);
    return copy;
}

void square_free(Square *m)
{
    memory_free(m->at);
    *m = (Square){0, NULL};
}

void square_multiply(const Square *a, const Square *b, Square *product)
{
    int n = a->size;
    for (int i = 0; i < n; i++) {
        double *row = square_row(product, i);
        for (int j = 0; j < n; j++) row[j] = 0.0;
        for (int k = 0; k < n; k++) {
            double factor = square_row(a, i)[k];
            if (factor == 0.0) continue;
            for (int j = 0; j < n; j++) row[j] += factor * square_row(b, k)[j];
        }
    }
}

int square_solve(Square *a, double *b)
{
    int n = a->size;
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k + 1; i < n; i++) {
            if (fabs(square_row(a, i)[k]) > fabs(square_row(a, pivot)[k])) pivot = i;
        }
        if (square_row(a, pivot)[k] == 0.0) return 0;
        for (int j = 0; j < n && pivot != k; j++) {
            double keep = square_row(a, k)[j];
            square_row(a, k)[j] = square_row(a, pivot)[j];
            square_row(a, pivot)[j] = keep;
        }
        double keep = b[k];
        b[k] = b[pivot];
        b[pivot] = keep;
        for (int i = k + 1; i < n; i++) {
            double factor = square_row(a, i)[k] / square_row(a, k)[k];
            if (factor == 0.0) continue;
            for (int j = k; j < n; j++) square_row(a, i)[j] -= factor * square_row(a, k)[j];
            b[i] -= factor * b[k];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int j = k + 1; j < n; j++) b[k] -= square_row(a, k)[j] * b[j];
        b[k] /= square_row(a, k)[k];
    }
    return 1;
}

static double greatest_row_sum(const Square *m)
{
    double greatest = 0.0;
    for (int i = 0; i < m->size; i++) {
        double sum = 0.0;
        for (int j = 0; j < m->size; j++) sum += fabs(square_row(m, i)[j]);
        greatest = fmax(greatest, sum);
    }
    return greatest;
}

void square_exponential(const Square *a, double t, Square *result)
{
    enum { DEGREE = 14 };
    int n = a->size, squarings = 0;
    size_t bytes = (size_t)n * (size_t)n * sizeof(double);
    double norm = greatest_row_sum(a) * fabs(t), scale = t;
    for (; norm > 0.5 && squarings < 60; squarings++, norm *= 0.5) scale *= 0.5;
    Square term = square_new(n), next = square_new(n);
    memset(result->at, 0, bytes);
    for (int i = 0; i < n; i++) square_row(&term, i)[i] = square_row(result, i)[i] = 1.0;
    for (int k = 1; k <= DEGREE; k++) {
        square_multiply(&term, a, &next);
        for (int i = 0; i < n * n; i++) {
            term.at[i] = next.at[i] * (scale / k);
            result->at[i] += term.at[i];
        }
    }
    for (int k = 0; k < squarings; k++) {
        square_multiply(result, result, &next);
        memcpy(result->at, next.at, bytes);
    }
    square_free(&term);
    square_free(&next);
}
