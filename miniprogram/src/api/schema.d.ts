// Generated from openapi.json by `npm run generate`; do not edit.

export interface paths {
    "/api/v1/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was announced in the caller's places, newest first. */
        get: operations["list_announcements"];
        put?: never;
        /** Tell everybody who lives in a place. */
        post: operations["announce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/announcements/{announcement_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                announcement_id: number;
            };
            cookie?: never;
        };
        /** Show an announcement. */
        get: operations["show_announcement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
        get: operations["show_overview"];
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
        get: operations["show_config"];
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
        get: operations["list_categories"];
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
        get: operations["list_hazards"];
        put?: never;
        /** Report a hazard. */
        post: operations["report_hazard"];
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
        get: operations["show_hazard"];
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
        get: operations["list_assignees"];
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
        post: operations["move_hazard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/orders/{order_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
                order_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a supervision order in writing. */
        post: operations["answer_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/hazards/{hazard_id}/verdicts": {
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
        /** Show a photo or a text to neighbours, or do not. */
        post: operations["decide"];
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
        get: operations["show_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change name, language, letter size; agree to the privacy notice. */
        patch: operations["change_me"];
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
        put: operations["set_phone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show which messages may come, and how many. */
        get: operations["show_preferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Switch kinds of messages on or off; the inbox has them all the same. */
        patch: operations["change_preferences"];
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
        post: operations["request_residence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's inbox, newest first. */
        get: operations["list_notices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{notice_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark a notice as read. */
        post: operations["mark_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark all notices as read, or all about one thing. */
        post: operations["mark_all_read"];
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
        post: operations["add_photo"];
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
        get: operations["show_photo"];
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
        get: operations["list_places"];
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
        get: operations["show_place"];
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
        get: operations["locate"];
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
        get: operations["list_residences"];
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
        post: operations["move_residence"];
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
        post: operations["sign_in"];
        /** Sign out on this phone. */
        delete: operations["sign_out"];
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
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what was answered to WeChat's dialogue; each `accept` allows one message more. */
        put: operations["answer_subscriptions"];
        post?: never;
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
        get: operations["list_tasks"];
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
        AboutForm: {
            id: number;
            /** @enum {string} */
            kind: "hazard" | "announcement";
        };
        AboutView: {
            id: number;
            kind: string;
        };
        AnnouncementForm: {
            body: string;
            /** @default false */
            emergency?: boolean;
            place_code: string;
            title: string;
        };
        AnnouncementPage: {
            items: components["schemas"]["AnnouncementView"][];
            next_cursor: string | null;
        };
        AnnouncementView: {
            author: string;
            body: string;
            /** Format: date-time */
            created_at: string;
            emergency: boolean;
            /** Format: date-time */
            finished_at: string | null;
            id: number;
            place_code: string;
            place_name: string;
            title: string;
            told: number;
        };
        AssigneeList: {
            items: components["schemas"]["AssigneeView"][];
        };
        AssigneeView: {
            id: number;
            name: string;
            open_tasks: number;
            place_name: string;
        };
        BuildingView: {
            id: number;
            name: string;
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
            /** Format: date-time */
            order_by: string | null;
            overdue: boolean;
            photo_count: number;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            /** @enum {string} */
            text_state: "passed" | "checking" | "withheld";
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
            /** @enum {string} */
            state: "passed" | "checking" | "withheld";
            thumbnail_url: string | null;
            url: string | null;
            /** @enum {string|null} */
            waits_for: "wechat" | "committee" | null;
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
            may_judge: boolean;
            mine: boolean;
            moves: components["schemas"]["MoveView"][];
            number: string;
            /** Format: date-time */
            order_by: string | null;
            orders: components["schemas"]["OrderView"][];
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
            /** @enum {string} */
            text_state: "passed" | "checking" | "withheld";
            /** @enum {string|null} */
            text_waits_for: "wechat" | "committee" | null;
            thumbnail_url: string | null;
        };
        HistoryView: {
            actor: components["schemas"]["WhoView"];
            assignee: components["schemas"]["PersonView"] | null;
            /** Format: date-time */
            at: string;
            from_state: string | null;
            move: string;
            note: string | null;
            /** @enum {string} */
            note_state: "passed" | "checking" | "withheld";
            /** @enum {string|null} */
            note_waits_for: "wechat" | "committee" | null;
            photos: components["schemas"]["HazardPhotoView"][];
            rating: number | null;
            seq: number;
            solved: boolean | null;
            to_state: string;
            /** Format: date-time */
            until: string | null;
        };
        KindView: {
            kind: string;
            on: boolean;
            template: string | null;
            title: string;
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
        NoticePage: {
            items: components["schemas"]["NoticeView"][];
            next_cursor: string | null;
            unread: number;
        };
        NoticeView: {
            about: components["schemas"]["AboutView"] | null;
            /** Format: date-time */
            at: string;
            body: string;
            emergency: boolean;
            id: number;
            kind: string;
            /** Format: date-time */
            read_at: string | null;
            title: string;
        };
        OrderAnswerForm: {
            text: string;
        };
        OrderView: {
            answer: string | null;
            /** Format: date-time */
            answer_by: string;
            /** Format: date-time */
            answered_at: string | null;
            answered_by: string | null;
            /** Format: date-time */
            due_at: string;
            id: number;
            may_answer: boolean;
            /** Format: date-time */
            raised_at: string;
            share: number;
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
            orders_answered_late: number;
            orders_open: number;
            orders_raised: number;
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
        PreferencesForm: {
            kinds: {
                [key: string]: boolean;
            };
        };
        PreferencesView: {
            kinds: components["schemas"]["KindView"][];
            quiet_hours: components["schemas"]["QuietHoursView"];
            templates: components["schemas"]["TemplateView"][];
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
        QuietHoursView: {
            from: string;
            to: string;
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
        ReadAllForm: {
            about?: components["schemas"]["AboutForm"];
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
            building: components["schemas"]["BuildingView"] | null;
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
        SubscriptionsForm: {
            [key: string]: unknown;
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
            assignee: components["schemas"]["PersonView"] | null;
            can_call: boolean;
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
            /** Format: date-time */
            order_by: string | null;
            overdue: boolean;
            photo_count: number;
            place_code: string;
            place_name: string;
            /** Format: date-time */
            reported_at: string;
            severity: string;
            /** @enum {string} */
            state: "reported" | "accepted" | "declined" | "withdrawn" | "assigned" | "handling" | "suspended" | "handled" | "closed";
            /** @enum {string} */
            text_state: "passed" | "checking" | "withheld";
            thumbnail_url: string | null;
        };
        TemplateList: {
            templates: components["schemas"]["TemplateView"][];
        };
        TemplateView: {
            for_staff: boolean;
            left: number;
            name: string;
            template_id: string;
            title: string;
        };
        TotalsView: {
            closed: number;
            open: number;
            overdue: number;
            reported: number;
        };
        UnreadView: {
            unread: number;
        };
        VerdictForm: {
            photo_id?: string;
            seq?: number;
            show: boolean;
        };
        WhoView: {
            id: number | null;
            name: string | null;
            role: string;
        };
    };
    responses: {
        /** @description Bad Request */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Conflict */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Forbidden */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Internal Server Error */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Not Found */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Request Entity Too Large */
        RequestEntityTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Service Unavailable */
        ServiceUnavailable: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Too Many Requests */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unauthorized */
        Unauthorized: {
            headers: {
                /** @description How to show who is asking. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unprocessable Entity */
        UnprocessableEntity: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
        /** @description Unsupported Media Type */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemView"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_announcements: {
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
                    "application/json": components["schemas"]["AnnouncementPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    announce: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnnouncementForm"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_announcement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                announcement_id: number;
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
                    "application/json": components["schemas"]["AnnouncementView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_overview: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_config: {
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
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_categories: {
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
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_hazards: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    report_hazard: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_hazard: {
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
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_assignees: {
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
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_hazard: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer_order: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hazard_id: number;
                order_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderAnswerForm"];
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    decide: {
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
                "application/json": components["schemas"]["VerdictForm"];
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_me: {
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
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_me: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    set_phone: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_preferences: {
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
                    "application/json": components["schemas"]["PreferencesView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    change_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreferencesView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    request_residence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_notices: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                unread?: boolean;
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
                    "application/json": components["schemas"]["NoticePage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mark_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notice_id: number;
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
                    "application/json": components["schemas"]["NoticeView"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    mark_all_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReadAllForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadView"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    add_photo: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_photo: {
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
                content: {
                    "image/jpeg": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_places: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    show_place: {
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
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    locate: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_residences: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    move_residence: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_in: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refresh: {
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    answer_subscriptions: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the first answer, and creates nothing more; with another body it is a conflict. One random key for each thing to create. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionsForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TemplateList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["RequestEntityTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableEntity"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    list_tasks: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
                orders?: boolean;
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
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["UnprocessableEntity"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
