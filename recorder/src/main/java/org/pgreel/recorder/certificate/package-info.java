/**
 * Certificates that a server of ours makes for itself when it starts and is given none.
 *
 * <p>It knows neither sockets nor what the certificate is for.
 */
@NullMarked
package org.pgreel.recorder.certificate;

import org.jspecify.annotations.NullMarked;
