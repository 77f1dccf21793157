// Valhalla's configuration, for building tiles and for answering from them; unset databases and services stay out.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

/**
 * Limits far above what one block of a table or one way asks for: what is too much is decided before the engine is asked. Distances are as
 * the crow flies; those of tables also set aside memory and time, at walking speed a gigabyte for 10,000 km.
 */
const limits = (tableMetres: number) => ({
  max_distance: 5_000_000,
  max_locations: 20_000,
  max_matrix_distance: tableMetres,
  max_matrix_location_pairs: 4_000_000,
});

const MOTORISED = ["auto", "bus", "motor_scooter", "motorcycle", "taxi", "truck"];

/**
 * The configuration for a folder of tiles. Tables are made by `timedistancematrix`: Valhalla 3.6.1 chooses `costmatrix`, which is several
 * times slower and disagrees with its own routes by up to hours. `log` is where it writes what it does while tiles are built.
 */
export function valhallaConfig(tiles: string, log: "" | "std_out"): object {
  const logging = (type: string) => ({ type, color: false });
  return {
    mjolnir: { tile_dir: resolve(tiles), concurrency: availableParallelism(), logging: logging(log) },
    loki: {
      actions: ["locate", "route", "sources_to_targets", "status"],
      use_connectivity: true,
      service_defaults: {
        heading_tolerance: 60,
        minimum_reachability: 50,
        node_snap_tolerance: 5,
        radius: 0,
        search_cutoff: 35_000,
        street_side_max_distance: 1_000,
        street_side_tolerance: 5,
      },
      logging: logging(""),
    },
    meili: {
      mode: "auto",
      verbose: false,
      customizable: [],
      default: {
        beta: 3,
        breakage_distance: 2_000,
        geometry: false,
        gps_accuracy: 5,
        interpolation_distance: 10,
        max_route_distance_factor: 5,
        max_route_time_factor: 5,
        max_search_radius: 100,
        route: true,
        search_radius: 50,
        sigma_z: 4.07,
        turn_penalty_factor: 0,
      },
      grid: { cache_size: 100_240, size: 500 },
      logging: logging(""),
    },
    thor: { source_to_target_algorithm: "timedistancematrix", logging: logging("") },
    odin: { markup_formatter: { markup_enabled: false }, logging: logging("") },
    service_limits: {
      ...Object.fromEntries(MOTORISED.map((costing) => [costing, limits(400_000)])),
      bicycle: limits(200_000),
      pedestrian: { ...limits(100_000), max_transit_walking_distance: 10_000, min_transit_walking_distance: 1 },
      max_alternates: 2,
      max_exclude_locations: 50,
      max_exclude_polygons_length: 10_000,
      max_radius: 200,
      max_reachability: 100,
      max_timedep_distance: 500_000,
      max_timedep_distance_matrix: 0,
      centroid: { max_distance: 200_000, max_locations: 5 },
      isochrone: {
        max_contours: 4,
        max_distance: 25_000,
        max_distance_contour: 200,
        max_locations: 1,
        max_time_contour: 120,
      },
      skadi: { max_shape: 750_000, min_resample: 10 },
      status: { allow_verbose: false },
      trace: {
        max_alternates: 3,
        max_alternates_shape: 100,
        max_distance: 200_000,
        max_gps_accuracy: 100,
        max_search_radius: 100,
        max_shape: 16_000,
      },
    },
  };
}
