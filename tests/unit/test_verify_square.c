/* The matrix routines of sim/verify: eigenvalues of matrices whose characteristic polynomial is known, the exponential. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "sim/verify/square.h"

static void near_value(const char *what, double value, double expected, double tolerance)
{
    if (fabs(value - expected) <= tolerance) return;
    fail_msg("%s is %.17g, expected %.17g +- %g", what, value, expected, tolerance);
}

static int by_place(const void *a, const void *b)
{
    const Eigenvalue *x = a, *y = b;
    if (fabs(x->re - y->re) > 1e-9) return x->re < y->re ? -1 : 1;
    return x->im < y->im ? -1 : x->im > y->im;
}

/* A cyclic permutation has the n-th roots of one. */
static void eigenvalues_of_a_cycle_are_the_roots_of_one(void **unused)
{
    (void)unused;
    enum { N = 24 };
    Square m = square_new(N);
    Eigenvalue values[N];
    for (int i = 0; i < N; i++) square_row(&m, i)[(i + 1) % N] = 1.0;
    assert_int_equal(square_eigenvalues(&m, values), 1);
    double sum = 0.0;
    for (int i = 0; i < N; i++) {
        near_value("size", hypot(values[i].re, values[i].im), 1.0, 1e-12);
        double turns = atan2(values[i].im, values[i].re) * N / (2.0 * acos(-1.0));
        near_value("angle in n-ths of a turn", turns, round(turns), 1e-10);
        sum += values[i].re;
    }
    near_value("sum", sum, 0.0, 1e-12);
    square_free(&m);
}

/* A chain of delays: nothing but zeros on the diagonal, and every eigenvalue is zero. */
static void eigenvalues_of_a_delay_line_are_zero(void **unused)
{
    (void)unused;
    enum { N = 12 };
    Square m = square_new(N);
    Eigenvalue values[N];
    for (int i = 1; i < N; i++) square_row(&m, i)[i - 1] = 1.0;
    assert_int_equal(square_eigenvalues(&m, values), 1);
    for (int i = 0; i < N; i++) near_value("size", hypot(values[i].re, values[i].im), 0.0, 0.1);
    square_free(&m);
}

/* Block diagonal of known pairs, hidden by a similarity with an elementary matrix of every pair of rows. */
static void eigenvalues_survive_a_similarity(void **unused)
{
    (void)unused;
    enum { N = 40 };
    Square m = square_new(N);
    Eigenvalue values[N], expected[N];
    for (int k = 0; k < N; k += 2) {
        double re = -0.3 * k - 0.1, im = 1.0 + 0.7 * k;
        square_row(&m, k)[k] = square_row(&m, k + 1)[k + 1] = re;
        square_row(&m, k)[k + 1] = im;
        square_row(&m, k + 1)[k] = -im;
        expected[k] = (Eigenvalue){re, -im};
        expected[k + 1] = (Eigenvalue){re, im};
    }
    for (int k = 0; k < N; k++) {
        int other = (7 * k + 3) % N;
        double factor = 0.3 * sin(k + 1.0);
        if (other == k) continue;
        for (int j = 0; j < N; j++) square_row(&m, k)[j] += factor * square_row(&m, other)[j];
        for (int i = 0; i < N; i++) square_row(&m, i)[other] -= factor * square_row(&m, i)[k];
    }
    assert_int_equal(square_eigenvalues(&m, values), 1);
    qsort(values, N, sizeof *values, by_place);
    qsort(expected, N, sizeof *expected, by_place);
    for (int i = 0; i < N; i++) {
        near_value("real part", values[i].re, expected[i].re, 1e-10);
        near_value("imaginary part", values[i].im, expected[i].im, 1e-10);
    }
    square_free(&m);
}

static void exponential_of_a_rotation_rate_is_a_rotation(void **unused)
{
    (void)unused;
    Square m = square_new(2), turned = square_new(2);
    square_row(&m, 0)[1] = -1.0;
    square_row(&m, 1)[0] = 1.0;
    square_exponential(&m, 7.5, &turned);
    near_value("cosine", square_row(&turned, 0)[0], cos(7.5), 1e-13);
    near_value("sine", square_row(&turned, 1)[0], sin(7.5), 1e-13);
    square_free(&m);
    square_free(&turned);
}

static void a_singular_system_is_told(void **unused)
{
    (void)unused;
    Square m = square_new(2);
    double right[] = {1.0, 1.0};
    square_row(&m, 0)[0] = 1.0;
    square_row(&m, 1)[0] = 2.0;
    assert_int_equal(square_solve(&m, right), 0);
    square_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eigenvalues_of_a_cycle_are_the_roots_of_one),
        cmocka_unit_test(eigenvalues_of_a_delay_line_are_zero),
        cmocka_unit_test(eigenvalues_survive_a_similarity),
        cmocka_unit_test(exponential_of_a_rotation_rate_is_a_rotation),
        cmocka_unit_test(a_singular_system_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
