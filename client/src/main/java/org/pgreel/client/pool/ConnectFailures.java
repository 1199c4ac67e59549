package org.pgreel.client.pool;

import org.pgreel.client.ConnectFailedException;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.ConnectionFailureReason.AuthenticationMethodRejected;
import org.pgreel.client.ConnectionFailureReason.InvalidAuthorizationSpecification;
import org.pgreel.client.ConnectionFailureReason.InvalidDatabaseName;
import org.pgreel.client.ConnectionFailureReason.InvalidPassword;
import org.pgreel.client.ConnectionFailureReason.ServerRejected;
import org.pgreel.client.ConnectionFailureReason.ServerVerificationFailed;
import org.pgreel.client.ConnectionFailureReason.SslServerRefused;
import org.pgreel.client.ConnectionFailureReason.TlsAuthFailed;
import org.pgreel.client.ConnectionFailureReason.UnsupportedAuthenticationMethod;
import org.pgreel.client.SessionClosedException;

/** Which failures to connect will not pass by themselves, so that nobody has to wait for their repetition. */
final class ConnectFailures {
    private ConnectFailures() {}

    /** Tells whether another attempt would fail alike until someone changes something. */
    static boolean isLasting(Throwable failure) {
        if (failure instanceof ConnectFailedException failed) {
            return isLasting(failed.reason());
        }
        return !(failure instanceof Tending.StandbyException) && !(failure instanceof SessionClosedException);
    }

    private static boolean isLasting(ConnectionFailureReason reason) {
        if (reason instanceof ServerRejected rejected) {
            String sqlState = rejected.response().sqlState();
            // 57P03, the server starts up or shuts down; 53, it lacks resources; 08, a pooler lost it.
            return !sqlState.startsWith("57") && !sqlState.startsWith("53") && !sqlState.startsWith("08");
        }
        return reason instanceof InvalidPassword
                || reason instanceof InvalidAuthorizationSpecification
                || reason instanceof InvalidDatabaseName
                || reason instanceof SslServerRefused
                || reason instanceof TlsAuthFailed
                || reason instanceof UnsupportedAuthenticationMethod
                || reason instanceof AuthenticationMethodRejected
                || reason instanceof ServerVerificationFailed;
    }
}
