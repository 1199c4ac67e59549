/** Runs failure scenarios and judges what a client made of them. Knows no test framework and no command line. */
@NullMarked
package org.pgreel.scenarios;

import org.jspecify.annotations.NullMarked;
