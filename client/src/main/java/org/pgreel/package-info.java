/** The entry point of the client. Joins the session core to its transport; holds no protocol knowledge of its own. */
@NullMarked
package org.pgreel;

import org.jspecify.annotations.NullMarked;
