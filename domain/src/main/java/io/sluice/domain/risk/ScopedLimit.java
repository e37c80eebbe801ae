package io.sluice.domain.risk;

import io.sluice.domain.risk.limit.Limit;
import io.sluice.domain.risk.limit.Scope;

/** A limit and the scope it stands at. */
public record ScopedLimit(Scope scope, Limit limit) {}
