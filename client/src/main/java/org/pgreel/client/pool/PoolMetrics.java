package org.pgreel.client.pool;

/**
 * What a pool consists of at one moment, and what it has done since it was made. All from one moment.
 *
 * @param max how many sessions it may have
 * @param total how many it has, in whatever state; never more than max
 * @param active how many are lent
 * @param idle how many wait to be lent
 * @param connecting how many are on their way to ready
 * @param tending how many are checked before they are lent, or reset after they were
 * @param waiting how many acquires wait
 * @param created how many sessions got ready
 * @param closed how many sessions that had got ready are over, whatever ended them
 * @param connectFailures how many never got ready
 * @param lent how many times a session was lent
 * @param timedOut how many acquires ended by the acquire time-out
 * @param leaks how many leak reports were made
 * @param standbys how many sessions were given up because their server takes no writes
 */
public record PoolMetrics(
        int max,
        int total,
        int active,
        int idle,
        int connecting,
        int tending,
        int waiting,
        long created,
        long closed,
        long connectFailures,
        long lent,
        long timedOut,
        long leaks,
        long standbys) {}
