/** Tests of the grades: programs whose behaviour is known, against scenarios whose right grade is known. */
@NullMarked
package org.pgreel.scenarios.check;

import org.jspecify.annotations.NullMarked;
