package org.pgreel.recorder.proxy;

import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.recorder.proxy.BindingChoice.Treatment;
import org.pgreel.session.TlsSession;

/** Puts into a login what was decided about its channel binding. */
final class LoginFilters {

    private LoginFilters() {}

    /**
     * Returns what stands between the two sides until the login is over.
     *
     * @param agreed what TLS on the leg to the server agreed on; null if it has none
     * @param user as whom the client logs in; null if it does not, but asks to cancel
     * @param legs the two sides
     * @return null if everything passes as it is
     */
    static @Nullable LoginFilter of(
            Treatment treatment, @Nullable TlsSession agreed, @Nullable String user, LoginLegs legs) {
        ProxyContext context = legs.context();
        ProxyCredential credential = context.credential();
        if (user == null) {
            return null;
        } else if (treatment == Treatment.HOPELESS) {
            context.bindingIsHopeless();
            return null;
        } else if (treatment == Treatment.STRIP) {
            return new MechanismOffer();
        } else if (treatment != Treatment.REAUTHENTICATE || credential == null) {
            return null;
        } else if (!credential.user().equals(user)) {
            context.bindingIsHopeless();
            return null;
        }
        ProxyCertificate shown = context.settings().certificate();
        Bytes shownHash = shown != null && legs.clientEncrypted() ? shown.endPointHash() : null;
        return new Reauthentication(legs, credential, shownHash, agreed == null ? null : agreed.endPointHash());
    }
}
