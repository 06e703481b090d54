/* Square matrices of any size for the analysis of linearised trains: solution, exponential, eigenvalues. */
#pragma once

typedef struct Square {
    int size;
    double *at; /* row-major, size * size */
} Square;

typedef struct Eigenvalue {
    double re, im;
} Eigenvalue;

/* Zero matrix; free it with square_free. */
Square square_new(int size);
Square square_copy(const Square *m);
void square_free(Square *m);
static inline double *square_row(const Square *m, int row)
{
    return m->at + row * m->size;
}
void square_multiply(const Square *a, const Square *b, Square *product); /* product is neither a nor b */
/* Solves a x = b by elimination with row pivoting; overwrites a, and b by x. Returns 0 when a is singular. */
int square_solve(Square *a, double *b);
/* exp(a t). */
void square_exponential(const Square *a, double t, Square *result);
/* Eigenvalues of a general matrix, which is overwritten, in `values` of its size. Returns 0 when the iteration did not
   converge. */
int square_eigenvalues(Square *m, Eigenvalue *values);
