package io.autostack.web;

import io.autostack.shared.ProblemType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The catalogue of problem types; the address of a problem's `type` leads to its entry.
@Path("/problems")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Problems")
class ProblemsApi {

    /// One type of problem.
    record Entry(String type, int status, String title) {}

    @GET
    @Operation(summary = "Every type of problem that this API answers with")
    public List<Entry> all() {
        return Arrays.stream(ProblemType.values()).map(ProblemsApi::entry).toList();
    }

    @GET
    @Path("{slug}")
    @Operation(summary = "One type of problem")
    public Entry get(String slug) {
        return all().stream()
                .filter(entry -> entry.type().equals("/problems/" + slug))
                .findFirst()
                .orElseThrow(() -> io.autostack.shared.Problem.notFound("There is no such type of problem.")
                        .exception());
    }

    private static Entry entry(ProblemType type) {
        return new Entry("/problems/" + type.slug(), type.status(), type.title());
    }
}
