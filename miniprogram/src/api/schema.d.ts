// Generated from openapi.json by `npm run generate`; do not edit.

export interface paths {
    "/api/v1/committees/{place_code}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                place_code: string;
            };
            cookie?: never;
        };
        /** Show what was reported, what is open, what was closed and how. */
        get: {
            parameters: {
                query?: {
                    from?: string;
                    to?: string;
                };
                header?: never;
                path: {
                    place_code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OverviewView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say what a client must know before anybody signs in. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ConfigView"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazard-categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the kinds of hazards with their limits. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CategoryList"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List hazards, newest or nearest first. */
        get: {
            parameters: {
                query?: {
                    bbox?: string;
                    category?: string;
                    coord_sys?: "wgs84" | "gcj02";
                    cursor?: string;
                    limit?: number;
                    mine?: boolean;
                    near?: string;
                    place?: string;
                    state?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HazardPage"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        /** Report a hazard. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["HazardForm"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HazardView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        /** Show a case with its history and the moves open to the caller. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hazard_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HazardView"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/assignees": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        /** List whom a hazard can be assigned to. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hazard_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AssigneeList"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move a hazard to its next state. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    hazard_id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["HazardMoveForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HazardView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show what we hold about the caller. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResidentView"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, language, letter size; agree to the privacy notice. */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["MeForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResidentView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        trace?: never;
    };
    "/api/v1/me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Take the phone number that WeChat vouches for. */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["PhoneForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResidentView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/residence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say where one lives. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ResidenceForm"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResidenceView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a photo in; nothing of it but its pixels is kept. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": components["schemas"]["PhotoForm"];
                };
            };
            responses: {
                /** @description Created */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PhotoView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/{variant}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
                variant: string;
            };
            cookie?: never;
        };
        /** Show a photo by its signed link. */
        get: {
            parameters: {
                query: {
                    expires: number;
                    signature: string;
                };
                header?: never;
                path: {
                    photo_id: string;
                    variant: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List places by code. */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    kind?: "district" | "street" | "community" | "grid" | "building";
                    limit?: number;
                    outline?: boolean;
                    q?: string;
                    /** @description code of the place around */
                    within?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlacePage"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        /** Show a place and the way to it. */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PlaceDetailView"];
                    };
                };
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/places/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find the grid that a point lies in. */
        get: {
            parameters: {
                query: {
                    coord_sys: "wgs84" | "gcj02";
                    lat: number;
                    lon: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LocatedView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the homes that the caller confirms. */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    state?: "requested" | "confirmed" | "refused" | "withdrawn";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResidencePage"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residences/{residence_id}/moves": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                residence_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm, refuse or withdraw a home. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    residence_id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ResidenceMoveForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResidenceView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a WeChat code. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignInForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        /** Sign out on this phone. */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignOutForm"];
                };
            };
            responses: {
                /** @description No Content */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange a refresh token for new tokens, once. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["RefreshForm"];
                };
            };
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SessionView"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the caller's places owe, most urgent first. */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description OK */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TaskPage"];
                    };
                };
                422: components["responses"]["UNPROCESSABLE_ENTITY"];
                default: components["responses"]["DEFAULT_ERROR"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AssigneeList: {
            items: components["schemas"]["AssigneeView"][];
        };
        AssigneeView: {
            id: number;
            name: string;
            open_tasks: number;
            place_name: string;
        };
        CategoryFiguresView: {
            category: string;
            closed: number;
            name: string;
            on_time: components["schemas"]["RateView"];
            open: number;
            overdue: number;
            reported: number;
        };
        CategoryList: {
            items: components["schemas"]["CategoryView"][];
        };
        CategoryView: {
            clock: string;
            code: string;
            emergency: string | null;
            hint: string;
            limit: number;
            limit_text: string;
            name: string;
            severity: string;
        };
        CommunityView: {
            code: string;
            name: string;
        };
        ConfigView: {
            demo_people: components["schemas"]["DemoPersonView"][];
            privacy_version: string;
            sandbox: boolean;
            subscribe_templates: string[];
            tile_attribution: string | null;
            tile_url: string | null;
        };
        ConsentView: {
            current: string;
            /** Format: date-time */
            given_at: string | null;
            version: string | null;
        };
        ContactView: {
            id: number;
            name: string;
            phone: string | null;
        };
        DayFiguresView: {
            closed: number;
            /** Format: date */
            date: string;
            reported: number;
        };
        DemoPersonView: {
            code: string;
            name: string;
            place_name: string | null;
            role: string | null;
        };
        FieldErrorView: {
            code: string;
            /** @description dotted path */
            field: string;
            message: string;
        };
        FiguredPlaceView: {
            code: string;
            kind: string;
            name: string;
        };
        GridFiguresView: {
            closed: number;
            name: string;
            on_time: components["schemas"]["RateView"];
            open: number;
            overdue: number;
            place_code: string;
            reported: number;
            satisfied: components["schemas"]["RateView"];
        };
        HazardForm: {
            address?: string | null;
            anonymous?: boolean;
            category: string;
            /** @enum {string} */
            coord_sys: "wgs84" | "gcj02";
            description: string;
            lat: number;
            lon: number;
            photo_ids?: string[];
        };
        HazardItemView: {
            /** Format: date-time */
            accept_by: string;
            /** Format: date-time */
            act_by: string | null;
            address: string | null;
            anonymous: boolean;
            category: string;
            category_name: string;
            /** Format: date-time */
            closed_at: string | null;
            description: string;
            distance_m: number | null;
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            expected_by: string;
            /** Format: date-time */
            handled_at: string | null;
            id: number;
            lat: number;
            lon: number;
            mine: boolean;
            number: string;
            overdue: boolean;
            photo_count: number;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            thumbnail_url: string | null;
        };
        HazardMoveForm: {
            assignee_id?: number | null;
            note?: string | null;
            photo_ids?: string[];
            rating?: number | null;
            solved?: boolean | null;
            /** @enum {string} */
            to: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            /** Format: date-time */
            until?: string | null;
        };
        HazardPage: {
            items: components["schemas"]["HazardItemView"][];
            next_cursor: string | null;
        };
        HazardPhotoView: {
            height: number;
            id: string;
            /** @enum {string} */
            kind: "before" | "after";
            thumbnail_url: string;
            url: string;
            width: number;
        };
        HazardView: {
            /** Format: date-time */
            accept_by: string;
            /** Format: date-time */
            act_by: string | null;
            address: string | null;
            anonymous: boolean;
            assignee: components["schemas"]["ContactView"] | null;
            category: string;
            category_name: string;
            /** Format: date-time */
            closed_at: string | null;
            description: string;
            distance_m: number | null;
            /** Format: date-time */
            due_at: string | null;
            elapsed: number | null;
            /** Format: date-time */
            expected_by: string;
            /** Format: date-time */
            handled_at: string | null;
            history: components["schemas"]["HistoryView"][];
            id: number;
            lat: number;
            lon: number;
            mine: boolean;
            moves: components["schemas"]["MoveView"][];
            number: string;
            overdue: boolean;
            photo_count: number;
            photos: components["schemas"]["HazardPhotoView"][];
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            reporter: components["schemas"]["ContactView"] | null;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            suspension: components["schemas"]["SuspensionView"] | null;
            thumbnail_url: string | null;
        };
        HistoryView: {
            actor: components["schemas"]["WhoView"];
            assignee: components["schemas"]["NamedView"] | null;
            /** Format: date-time */
            at: string;
            from_state: string | null;
            move: string;
            note: string | null;
            photos: components["schemas"]["HazardPhotoView"][];
            rating: number | null;
            seq: number;
            solved: boolean | null;
            to_state: string;
            /** Format: date-time */
            until: string | null;
        };
        LocatedView: {
            community: components["schemas"]["CommunityView"];
            grid: components["schemas"]["PlaceView"];
        };
        MeForm: {
            consent_version?: string;
            /** @enum {string} */
            language?: "zh-Hans" | "en";
            /** @enum {string} */
            letter_size?: "standard" | "large";
            name?: string;
        };
        MoveView: {
            allows: string[];
            move: string;
            needs: string[];
            to: string;
        };
        NamedPlaceView: {
            code: string;
            name: string;
        };
        NamedView: {
            id: number;
            name: string;
        };
        OutlineView: {
            coordinates: unknown[];
            /** @enum {string} */
            type: "Polygon" | "MultiPolygon";
        };
        OverviewView: {
            by_category: components["schemas"]["CategoryFiguresView"][];
            by_day: components["schemas"]["DayFiguresView"][];
            by_grid: components["schemas"]["GridFiguresView"][];
            /** Format: date */
            from: string;
            place: components["schemas"]["FiguredPlaceView"];
            previous: components["schemas"]["PreviousView"];
            rates: components["schemas"]["RatesView"];
            /** Format: date */
            to: string;
            totals: components["schemas"]["TotalsView"];
        };
        PaginationMetadata: {
            /** @description First available page number. */
            first_page?: number;
            /** @description Last available page number. */
            last_page?: number;
            /** @description Next page number. */
            next_page?: number;
            /** @description Current page number. */
            page?: number;
            /** @description Previous page number. */
            previous_page?: number;
            /** @description Total number of items. */
            total?: number;
            /** @description Total number of pages. */
            total_pages?: number;
        };
        PersonView: {
            id: number;
            name: string;
        };
        PhoneForm: {
            code: string;
        };
        PhotoForm: {
            /** Format: binary */
            file: string;
        };
        PhotoView: {
            height: number;
            id: string;
            thumbnail_url: string;
            url: string;
            width: number;
        };
        PlaceDetailView: {
            code: string;
            id: number;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            lat: number | null;
            lon: number | null;
            name: string;
            outline: components["schemas"]["OutlineView"] | null;
            parent_code: string | null;
            path: components["schemas"]["PlaceStepView"][];
        };
        PlacePage: {
            items: components["schemas"]["PlaceView"][];
            next_cursor: string | null;
        };
        PlaceStepView: {
            code: string;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            name: string;
        };
        PlaceView: {
            code: string;
            id: number;
            /** @enum {string} */
            kind: "district" | "street" | "community" | "grid" | "building";
            lat: number | null;
            lon: number | null;
            name: string;
            outline: components["schemas"]["OutlineView"] | null;
            parent_code: string | null;
        };
        PreviousView: {
            rates: components["schemas"]["RatesView"];
            totals: components["schemas"]["TotalsView"];
        };
        ProblemView: {
            code: string;
            detail: string;
            errors: components["schemas"]["FieldErrorView"][];
            status: number;
            title: string;
            type: string;
        };
        RatesView: {
            on_time: components["schemas"]["RateView"];
            resolved: components["schemas"]["RateView"];
            satisfied: components["schemas"]["RateView"];
        };
        RateView: {
            denominator: number;
            excluded: number;
            numerator: number;
            value: number | null;
        };
        RefreshForm: {
            refresh_token: string;
        };
        ResidenceForm: {
            building_id?: number | null;
            place_code: string;
            room: string;
        };
        ResidenceMoveForm: {
            note?: string | null;
            /** @enum {string} */
            to: "requested" | "confirmed" | "refused" | "withdrawn";
        };
        ResidencePage: {
            items: components["schemas"]["ResidenceView"][];
            next_cursor: string | null;
        };
        ResidenceView: {
            building: components["schemas"]["PersonView"] | null;
            /** Format: date-time */
            decided_at: string | null;
            id: number;
            moves: components["schemas"]["MoveView"][];
            note: string | null;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            requested_at: string;
            resident: components["schemas"]["PersonView"];
            room: string;
            state: string;
        };
        ResidentView: {
            community: components["schemas"]["NamedPlaceView"] | null;
            consent: components["schemas"]["ConsentView"];
            id: number;
            language: string;
            letter_size: string;
            name: string;
            phone: string | null;
            residence: components["schemas"]["ResidenceView"] | null;
            roles: components["schemas"]["RoleView"][];
        };
        RoleView: {
            kind: string;
            place_code: string;
            place_name: string;
        };
        SessionView: {
            access_token: string;
            expires_in: number;
            refresh_token: string;
            resident: components["schemas"]["ResidentView"];
        };
        SignInForm: {
            code: string;
        };
        SignOutForm: {
            refresh_token?: string;
        };
        SuspensionView: {
            approved: boolean;
            note: string;
            /** Format: date-time */
            until: string;
        };
        TaskPage: {
            items: components["schemas"]["TaskView"][];
            next_cursor: string | null;
        };
        TaskView: {
            /** Format: date-time */
            accept_by: string;
            /** Format: date-time */
            act_by: string | null;
            address: string | null;
            anonymous: boolean;
            assignee: components["schemas"]["NamedView"] | null;
            category: string;
            category_name: string;
            /** Format: date-time */
            closed_at: string | null;
            description: string;
            distance_m: number | null;
            /** Format: date-time */
            due_at: string | null;
            /** Format: date-time */
            expected_by: string;
            /** Format: date-time */
            handled_at: string | null;
            id: number;
            lat: number;
            lon: number;
            mine: boolean;
            moves: components["schemas"]["MoveView"][];
            number: string;
            overdue: boolean;
            photo_count: number;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            thumbnail_url: string | null;
        };
        TotalsView: {
            closed: number;
            open: number;
            overdue: number;
            reported: number;
        };
        WhoView: {
            id: number | null;
            name: string | null;
            role: string;
        };
    };
    responses: {
        /** @description Default error response */
        DEFAULT_ERROR: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unprocessable Entity */
        UNPROCESSABLE_ENTITY: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ProblemView"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
