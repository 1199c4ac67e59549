package org.pgreel.client;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.ErrorResponse;

/**
 * Why a session failed to reach its first ReadyForQuery.
 *
 * <p>Those that an ErrorResponse caused are {@link RejectedByServer} and carry the whole message. None of the others
 * repeats a byte that an unauthenticated peer sent. {@link #name()} is the reason's name in scripts and recordings.
 */
public sealed interface ConnectionFailureReason {

    /** Returns what went wrong and, where there is one, the remedy: a sentence without a full stop. */
    String sentence();

    /** Returns the reason's name, such as {@code InvalidPassword}. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Returns the exception behind it; null if there is none. */
    default @Nullable Throwable cause() {
        return null;
    }

    /** A reason that the server gave in an ErrorResponse. */
    sealed interface RejectedByServer extends ConnectionFailureReason {

        /** Returns the server's whole answer. */
        ErrorResponse response();

        @Override
        default String sentence() {
            return "the server refused the session: " + ServerSentence.of(response());
        }
    }

    /**
     * Returns the reason that stands for an ErrorResponse, by its SQLSTATE.
     *
     * @param response the server's answer before it was ready
     */
    static RejectedByServer of(ErrorResponse response) {
        return switch (response.sqlState()) {
            case "28P01" -> new InvalidPassword(response);
            case "28000" -> new InvalidAuthorizationSpecification(response);
            case "53300" -> new TooManyConnections(response);
            case "3D000" -> new InvalidDatabaseName(response);
            default -> new ServerRejected(response);
        };
    }

    /**
     * The host's name has no address.
     *
     * @param host the name
     * @param cause the resolver's failure; null if it gave none
     */
    record ConnectionFailedDns(String host, @Nullable Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the host name " + host + " has no address: check its spelling and the resolver";
        }
    }

    /**
     * There is an address, but no connection to it.
     *
     * @param address where the server was expected
     * @param cause the transport's failure; null if it gave none
     */
    record ConnectionFailedTcp(
            ServerAddress address, @Nullable Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "no connection to " + address + ": check that PostgreSQL runs there and accepts connections";
        }
    }

    /**
     * The time limit for the whole way to the first ReadyForQuery was reached.
     *
     * @param limit the limit
     * @param stage how far the session had come, such as {@code awaiting the answer to SSLRequest}
     */
    record ConnectionFailedTimeout(Duration limit, String stage) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "not ready within " + limit.toMillis() + " ms (connectTimeout), still " + stage;
        }
    }

    /**
     * The timer that bounds the way to ready could not be armed, so the session could have waited for ever.
     *
     * @param cause why not
     */
    record ConnectionFailedTimerError(Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the timer for connectTimeout could not be armed: is the client already closed?";
        }
    }

    /**
     * The server ended the connection without a word.
     *
     * @param stage how far the session had come
     * @param cause the reset, if it was one; null at an orderly end of stream
     */
    record ConnectionClosedByServer(String stage, @Nullable Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server closed the connection while the client was " + stage + ": its log may say why";
        }
    }

    /** The server has no TLS, and the options demand it. */
    record SslServerRefused() implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server refused TLS, which sslmode demands: set ssl=on there, or use sslmode prefer";
        }
    }

    /**
     * TLS could not be established; never retried as plaintext.
     *
     * @param detail what failed
     * @param cause the TLS library's failure; null if there is none
     */
    record TlsHandshakeFailed(String detail, @Nullable Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the TLS handshake failed: " + detail;
        }
    }

    /**
     * The server's certificate is not trusted, or not the named host's.
     *
     * @param cause the TLS library's failure; null if there is none
     */
    record TlsAuthFailed(@Nullable Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server's certificate was not accepted: check sslRootCertificate and the host name";
        }
    }

    /**
     * The server knows no version of the protocol that the options allow.
     *
     * @param newest the newest that it knows, such as {@code 3.0}
     * @param demanded the oldest that the options allow
     */
    record UnsupportedProtocolVersion(String newest, String demanded) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server knows protocol " + newest + " at most, and minProtocolVersion is " + demanded;
        }
    }

    /**
     * The server asks for an authentication that this client does not know.
     *
     * @param method the server's demand, by our own name for it
     */
    record UnsupportedAuthenticationMethod(String method) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server asks for " + method + ", which this client does not know: use scram-sha-256 there";
        }
    }

    /**
     * The server asks for an authentication that the options do not allow; nothing secret was sent.
     *
     * @param detail what it asked for, and which option refuses it
     */
    record AuthenticationMethodRejected(String detail) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return detail;
        }
    }

    /**
     * The server did not prove that it knows the password.
     *
     * @param detail which step failed
     */
    record ServerVerificationFailed(String detail) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server did not prove that it knows the password: " + detail;
        }
    }

    /**
     * The server is of another kind than the options demand.
     *
     * @param demanded the kind that they demand
     * @param found what the server is, as the end of a sentence
     */
    record TargetSessionAttrsNotMet(TargetSessionAttrs demanded, String found) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server " + found + ", and target_session_attrs is " + demanded.word();
        }
    }

    /**
     * What the server sent is not the protocol, or not in its order.
     *
     * @param violation what was wrong; never what was sent
     */
    record ProtocolViolation(String violation) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the server broke the protocol: " + violation + " (is it PostgreSQL that listens there?)";
        }
    }

    /**
     * The tap could no longer record, and its policy is that the session must not go on unrecorded.
     *
     * @param cause the tap's failure
     */
    record RecordingFailed(Throwable cause) implements ConnectionFailureReason {
        @Override
        public String sentence() {
            return "the session could not be recorded: " + Objects.requireNonNullElse(cause.getMessage(), "no detail");
        }
    }

    /**
     * SQLSTATE 28P01: the password is wrong.
     *
     * @param response the server's whole answer
     */
    record InvalidPassword(ErrorResponse response) implements RejectedByServer {}

    /**
     * SQLSTATE 28000: the role does not exist, may not log in, or has no entry in pg_hba.conf.
     *
     * @param response the server's whole answer
     */
    record InvalidAuthorizationSpecification(ErrorResponse response) implements RejectedByServer {}

    /**
     * SQLSTATE 53300: a limit of connections is reached, the server's, the database's or the role's.
     *
     * @param response the server's whole answer
     */
    record TooManyConnections(ErrorResponse response) implements RejectedByServer {}

    /**
     * SQLSTATE 3D000: the database does not exist.
     *
     * @param response the server's whole answer
     */
    record InvalidDatabaseName(ErrorResponse response) implements RejectedByServer {}

    /**
     * Any other SQLSTATE.
     *
     * @param response the server's whole answer
     */
    record ServerRejected(ErrorResponse response) implements RejectedByServer {}
}
