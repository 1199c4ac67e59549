/** An application of today, with a pool, migrations and a mapper, in tests of what recording and replaying make of it. */
@NullMarked
package org.pgreel.junit.shop;

import org.jspecify.annotations.NullMarked;
