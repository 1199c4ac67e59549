package org.pgreel.replay.engine;

/**
 * Who wants to log in, and what there is to check.
 *
 * @param user the user that the client named
 * @param password the password of the replay
 * @param known whether that user may log in at all; if not, the login goes its whole way and fails at the end
 */
record Account(String user, String password, boolean known) {

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "Account[user=" + user + "]";
    }
}
