/**
 * What libpq calls the connection's parameters, and where they come from: connection strings and URIs, the
 * {@code PG*} environment, service files and password files, in libpq's order of precedence.
 *
 * <p>Text and files only: nothing here connects. {@link org.pgreel.client.ConnectOptions#parse} is the way in.
 */
@NullMarked
package org.pgreel.client.connect;

import org.jspecify.annotations.NullMarked;
