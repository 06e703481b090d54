/* Small dense matrices, row-major, for models made once when a scenario is read. Sizes up to LINEAR_MAX. */
#pragma once

enum { LINEAR_MAX = 20 };

typedef struct Matrix {
    int rows, columns;
    double at[LINEAR_MAX][LINEAR_MAX];
} Matrix;

void matrix_zero(Matrix *m, int rows, int columns);
void matrix_identity(Matrix *m, int size);
void matrix_multiply(const Matrix *a, const Matrix *b, Matrix *product);            /* product is neither a nor b */
void matrix_multiply_transposed(const Matrix *a, const Matrix *b, Matrix *product); /* a b' */
void matrix_transpose(const Matrix *a, Matrix *transposed);
void matrix_add_scaled(Matrix *sum, const Matrix *a, double scale);
/* Solves a x = b by elimination with row pivoting; a and b are overwritten, b by x. Returns 0 when a is singular. */
int matrix_solve(Matrix *a, Matrix *b);
/* exp(a t) by scaling, a Taylor series of degree 12, and squaring. */
void matrix_exponential(const Matrix *a, double t, Matrix *result);
/* Stabilising solution P of the discrete Riccati equation P = A'P(I + B R^-1 B' P)^-1 A + Q by structured doubling;
   g = B R^-1 B'. Returns the number of doublings, 0 when it did not converge. (Chu, Fan, Lin, Wang 2004) */
int riccati_solve(const Matrix *a, const Matrix *g, const Matrix *q, Matrix *p);
