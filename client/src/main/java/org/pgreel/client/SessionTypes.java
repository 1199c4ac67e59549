package org.pgreel.client;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import org.pgreel.type.TypeRegistry;

/**
 * The part of a {@link Session} that knows types: its rows are read by them. They are those of {@link ConnectOptions#types()},
 * and what was looked up in the catalogue of its database since, by any session of the same options.
 *
 * <p>Thread-safe.
 */
public interface SessionTypes {

    /** Returns the types that the session's rows know now; parameters are made by them too. */
    TypeRegistry types();

    /**
     * Looks types up by name, with all that they are made of and their arrays, in one round trip. From then on the rows of
     * every session of these options with the same server know them, those that have come already too. What was found
     * before is not asked for again.
     *
     * @param names the types' names as SQL spells them, with a schema where search paths differ; one that does not exist
     *     is passed over
     * @return the types that are known then; or a {@link PgException}
     */
    CompletableFuture<TypeRegistry> lookUpTypes(Collection<String> names);

    /**
     * Looks up the types of a result's columns, as far as they are not known, in the same way; its rows know them then.
     *
     * @param result the result
     * @return the types that are known then, at once if all were known; or a {@link PgException}
     */
    CompletableFuture<TypeRegistry> lookUpTypesOf(QueryResult result);

    /** Forgets what was looked up, for all those sessions: after a type was changed, or made anew. */
    void forgetTypes();
}
