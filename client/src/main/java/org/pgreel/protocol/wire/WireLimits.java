package org.pgreel.protocol.wire;

/**
 * The largest frames that are believed, in bytes; all but {@link #startup} count the whole message, its type and length
 * included.
 *
 * <p>They are looked at as soon as a frame's header has come and before anything is allocated for it: a frame above
 * {@link #message} streams through, one above another limit ends the decoding of its direction, because the two sides no
 * longer agree where messages begin. {@code docs/limits.md} lists whose limits these are.
 *
 * @param message the largest that becomes a {@code Message}; greater ones come as header, fragments and end
 * @param largest the largest of all, of the types that may be long: what a server allocates at most (1 GiB − 1)
 * @param startup a message without a type byte; servers take 10,000
 * @param password a message of type {@code 'p'}; servers take 65,535
 * @param shortMessage a message of a type that is never long; libpq believes 30,000 there
 * @param authentication an authentication request or NegotiateProtocolVersion before AuthenticationOk; libpq takes 2,000
 * @param startupError an ErrorResponse before AuthenticationOk; libpq takes 30,000, and reads more as another protocol
 */
public record WireLimits(
        int message, int largest, int startup, int password, int shortMessage, int authentication, int startupError) {
    /** 16 MiB, 1 GiB − 1, 64 KiB, 65,536, 30,001, 2,001 and 30,001. */
    public static final WireLimits DEFAULTS =
            new WireLimits(16 << 20, MessageWriter.LARGEST_MESSAGE, 64 << 10, 65_536, 30_001, 2_001, 30_001);

    /** Types of the backend that libpq believes to be long, and ParameterDescription with its 65,535 types. */
    private static final String LONG_FROM_BACKEND = "TDdVENAt";

    private static final String LONG_FROM_FRONTEND = "QPBFd";

    /** Refuses limits that no message keeps. */
    public WireLimits {
        int least = Math.min(
                Math.min(Math.min(message, largest), Math.min(startup, password)),
                Math.min(shortMessage, Math.min(authentication, startupError)));
        if (least < 16) {
            throw new IllegalArgumentException("A limit of " + least + " bytes lets hardly any message pass");
        }
    }

    /** Returns the same limits with another {@link #message}. */
    public WireLimits withMessage(int bytes) {
        return new WireLimits(bytes, largest, startup, password, shortMessage, authentication, startupError);
    }

    /** Returns the same limits with another {@link #largest}. */
    public WireLimits withLargest(int bytes) {
        return new WireLimits(message, bytes, startup, password, shortMessage, authentication, startupError);
    }

    /** Returns the same limits with another {@link #startup}. */
    public WireLimits withStartup(int bytes) {
        return new WireLimits(message, largest, bytes, password, shortMessage, authentication, startupError);
    }

    /** Returns the limit of a message of that type once the session runs. */
    int of(Direction direction, byte type) {
        if (direction == Direction.FRONTEND) {
            return type == 'p' ? password : LONG_FROM_FRONTEND.indexOf(type) >= 0 ? largest : shortMessage;
        }
        return LONG_FROM_BACKEND.indexOf(type) >= 0 ? largest : shortMessage;
    }

    /** Returns the limit of a message of that type before AuthenticationOk. */
    int beforeAuthenticationOk(Direction direction, byte type) {
        if (direction == Direction.BACKEND && (type == 'R' || type == 'v')) {
            return authentication;
        }
        return direction == Direction.BACKEND && type == 'E' ? startupError : of(direction, type);
    }
}
